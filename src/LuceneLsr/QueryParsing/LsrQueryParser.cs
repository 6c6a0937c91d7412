using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Postings;
using LuceneLsr.Search;

namespace LuceneLsr.QueryParsing;

/// <summary>
/// The classic query syntax (fields, + and -, ranges, wildcards, boosts, groups, quotes), with free text on LSR fields
/// turned into <see cref="ImpactQuery"/>s.
/// </summary>
/// <remarks>
/// <para>Neighbouring words and quoted phrases of one clause list are joined and encoded as one text, for a language
/// model has to read it whole. An operator, a boost of its own, another field or a group in parentheses parts texts:
/// <c>cut scenes OR "deleted footage" film^2</c> are the three texts "cut scenes", "deleted footage" and "film".
/// A group is a text of its own, or several by the same rule.</para>
/// <para>With + or AND a text is required: a document must hold at least one of its learned terms. With - or NOT
/// it excludes the documents that hold its strongest term, also inside an excluded group; the whole
/// expansion would exclude nearly every document. A boost multiplies the score of its text or group.
/// A text that encodes to nothing is left out.</para>
/// <para>With <see cref="QueryParserBase.DefaultOperator"/> AND each word is a required text of its own, encoded
/// without its neighbours.</para>
/// <para>Wildcard, fuzzy, range and regular expression queries on an LSR field meet its index terms as they are.
/// Text that is no query syntax goes through <see cref="QueryParserBase.Escape"/> first, or straight
/// to an <see cref="ImpactQuery"/>. Like its base, a parser serves one thread at a time.</para>
/// </remarks>
public class LsrQueryParser : QueryParser
{
    private readonly ISparseEncoder _encoder;

    /// <summary>Creates the parser.</summary>
    /// <param name="matchVersion">The Lucene version to behave like.</param>
    /// <param name="defaultField">Searched where the query names no field; an LSR field to begin with.</param>
    /// <param name="lsr">The analyzer that filled the LSR fields.</param>
    /// <param name="otherFields">Analyzes text on all other fields; null means <see cref="StandardAnalyzer"/>.</param>
    public LsrQueryParser(
        LuceneVersion matchVersion, string defaultField, LsrAnalyzer lsr, Analyzer? otherFields = null)
        : base(matchVersion, defaultField, otherFields ?? new StandardAnalyzer(matchVersion))
    {
        ArgumentNullException.ThrowIfNull(lsr);
        _encoder = lsr.Encoder;
        QueryScale = lsr.Scale;
        LsrFields = new HashSet<string>(StringComparer.Ordinal) { defaultField };
    }

    /// <summary>The fields whose free text is encoded; to begin with, the default field.</summary>
    public ISet<string> LsrFields { get; }

    /// <summary>Turns query weights into impacts; to begin with, the analyzer's scale.</summary>
    public ImpactScale QueryScale { get; set; }

    /// <summary>Where the queries' fast postings are kept; to begin with nowhere.</summary>
    public ImpactCache? Cache { get; set; }

    /// <summary>Parses a query string.</summary>
    /// <exception cref="ParseException">
    /// The string is empty, breaks the classic syntax or nests too many groups into each other.
    /// </exception>
    public override Query Parse(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        NestingLimit.Check(query);
        return Resolve(base.Parse(query), prohibited: false) ?? new BooleanQuery();
    }

    /// <inheritdoc/>
    protected override Query GetFieldQuery(string field, string queryText, bool quoted) =>
        LsrFields.Contains(field)
            ? new FreeTextQuery(field, queryText)
            : base.GetFieldQuery(field, queryText, quoted);

    /// <inheritdoc/>
    protected override void AddClause(IList<BooleanClause> clauses, int conj, int mods, Query? q)
    {
        (q as FreeTextQuery)?.List(followsOperator: conj != CONJ_NONE);
        base.AddClause(clauses, conj, mods, q);
    }

    /// <inheritdoc/>
    protected override Query GetBooleanQuery(IList<BooleanClause> clauses, bool disableCoord) =>
        Joined(clauses) switch
        {
            [{ Occur: Occur.SHOULD, Query: FreeTextQuery text }] => text,
            var joined => base.GetBooleanQuery(joined, disableCoord),
        };

    // Only optional clauses are joined: + and - make a word a query of its own.
    private static List<BooleanClause> Joined(IList<BooleanClause> clauses)
    {
        var joined = new List<BooleanClause>();
        foreach (var clause in clauses)
        {
            if (clause is { Occur: Occur.SHOULD, Query: FreeTextQuery text }
                && joined is [.., { Occur: Occur.SHOULD, Query: FreeTextQuery previous }]
                && text.Continues(previous))
            {
                previous.Append(text);
            }
            else
            {
                joined.Add(clause);
            }
        }

        return joined;
    }

    private Query? Resolve(Query query, bool prohibited) => query switch
    {
        FreeTextQuery text => Learned(text, prohibited),
        BooleanQuery group => Resolved(group, prohibited),
        _ => query,
    };

    private BooleanQuery? Resolved(BooleanQuery group, bool prohibited)
    {
        var clauses = group.GetClauses();
        group.Clauses.Clear();
        foreach (var clause in clauses)
        {
            if (Resolve(clause.Query, prohibited || clause.IsProhibited) is { } query)
            {
                group.Add(query, clause.Occur);
            }
        }

        return group.Clauses.Count > 0 ? group : null;
    }

    private ImpactQuery? Learned(FreeTextQuery text, bool prohibited)
    {
        var vector = _encoder.Encode(text.Text, TextSide.Query);
        var impacts = QueryScale.Quantize(prohibited ? vector.TakeTop(1) : vector);
        return impacts.Count > 0 ? new ImpactQuery(text.Field, impacts, Cache) { Boost = text.Boost } : null;
    }
}
