using LuceneLsr.Inspection;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>A word of a text, in chars.</summary>
internal sealed record JsonWord(string Text, int Start, int Length)
{
    public static JsonWord? Create(string text, TextRange? word) => word is { } range
        ? new(range.GetText(text), range.Start, range.Length)
        : null;
}

/// <summary>A term of a vector.</summary>
internal sealed record JsonTerm(
    string Term, float Weight, float LexicalWeight, TermKind Kind, JsonWord? Word, int Impact, TermCut Cut)
{
    public static JsonTerm? Create(string text, InspectedTerm? term) => term is null ? null : new(
        term.Source.Term, term.Source.Weight, term.Source.LexicalWeight, term.Source.Kind,
        JsonWord.Create(text, term.Source.Word), term.Impact, term.Cut);
}

/// <summary>The terms of a text.</summary>
internal sealed record JsonText(
    string Text, TextSide Side, IEnumerable<JsonTerm> Terms);

/// <summary>A term of a document in an index.</summary>
internal sealed record JsonStoredTerm(string Term, int StoredImpact, JsonTerm? Encoded);

/// <summary>A document in an index.</summary>
internal sealed record JsonDocument(
    string Document, string? Text, IEnumerable<JsonStoredTerm> Terms);

/// <summary>One side of a matching term.</summary>
internal sealed record JsonSide(int Impact, TermKind? Kind, JsonWord? Word)
{
    public static JsonSide Create(int impact, string? text, TermSource? source) =>
        new(impact, source?.Kind, text is null ? null : JsonWord.Create(text, source?.Word));
}

/// <summary>A term of a query.</summary>
internal sealed record JsonMatch(string Term, long Score, JsonSide Query, JsonSide? Document);

/// <summary>A query and a document.</summary>
internal sealed record JsonMatches(
    string Query, string Document, string? Text, long Score, IEnumerable<JsonMatch> Matched,
    IEnumerable<JsonMatch> Missing);
