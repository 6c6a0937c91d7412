namespace LuceneLsr.Tools.Search.Views;

/// <summary>A part of the files of an index. Measured.</summary>
internal sealed record JsonPart(string Part, long Bytes);

/// <summary>
/// A field and its share of the postings files, in proportion to the computed sizes of its terms.
/// </summary>
internal sealed record JsonField(string Field, int Terms, long Postings, double Bytes);

/// <summary>A class of postings. "kind" is null for documents whose text is not stored.</summary>
internal sealed record JsonClass(TermKind? Kind, long Postings, double Bytes);

/// <summary>A term of the field of impacts.</summary>
internal sealed record JsonTermSize(string Term, long Postings, double Bytes, int MaxImpact);

/// <summary>The postings with an impact from one value to another.</summary>
internal sealed record JsonImpacts(int From, int To, long Postings);

/// <summary>A term of a query, and how many postings a search reads for it.</summary>
internal sealed record JsonTouched(string Term, int Impact, long Postings);

/// <summary>The size of an index.</summary>
internal sealed record SizeReport(
    long Bytes, int Documents, IReadOnlyList<JsonPart> Parts, IReadOnlyList<JsonField> Fields,
    IReadOnlyList<JsonClass> Classes, IReadOnlyList<JsonTermSize> HeaviestTerms, IReadOnlyList<JsonImpacts> Impacts,
    IReadOnlyList<JsonTouched>? Query);
