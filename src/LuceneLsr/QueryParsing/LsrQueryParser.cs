using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Edits;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Search.Fusion;

namespace LuceneLsr.QueryParsing;

/// <summary>
/// Parses Lucene's classic query syntax (fields, + and -, ranges, wildcards, boosts, groups, quotes) and encodes free
/// text on LSR fields into <see cref="ImpactQuery"/>s.
/// </summary>
/// <remarks>
/// <para><b>Texts.</b> Adjacent words and quoted phrases are joined and encoded as one text, because a language model
/// needs the context. Operators, boosts, other fields and parentheses separate texts:
/// <c>cut scenes OR "deleted footage" film^2</c> is the three texts "cut scenes", "deleted footage" and "film". The
/// same rule applies inside a group. A text whose encoding is empty is dropped.</para>
/// <para><b>Operators.</b> With + or AND a document must have at least one of the text's learned terms. With - or NOT
/// the documents that have the text's strongest term are excluded, because the full expansion would exclude nearly
/// every document; this also applies to texts inside an excluded group. A boost multiplies the score of its text or
/// group. If <see cref="QueryParserBase.DefaultOperator"/> is AND, each word is a required text, encoded without
/// context.</para>
/// <para><b>Other syntax.</b> Wildcard, fuzzy, range and regular expression queries on an LSR field match its index
/// terms literally, or search its <see cref="LexicalFields"/>, as quoted phrases then do. To search for a text that is
/// not query syntax, <see cref="QueryParserBase.Escape"/> it first or encode it for an <see cref="ImpactQuery"/>. Like
/// its base class, a parser is not safe for concurrent use.</para>
/// </remarks>
public class LsrQueryParser : QueryParser
{
    private readonly ISparseEncoder _encoder;
    private int _patterns; // of the query string so far

    /// <summary>Creates the parser.</summary>
    /// <param name="matchVersion">The Lucene version to be compatible with.</param>
    /// <param name="defaultField">
    /// The field to search if the query does not name one. It is an LSR field by default.
    /// </param>
    /// <param name="lsr">The analyzer that filled the LSR fields.</param>
    /// <param name="otherFields">Analyzes text on all other fields. Null uses <see cref="StandardAnalyzer"/>.</param>
    public LsrQueryParser(
        LuceneVersion matchVersion, string defaultField, LsrAnalyzer lsr, Analyzer? otherFields = null)
        : base(matchVersion, defaultField, otherFields ?? new StandardAnalyzer(matchVersion))
    {
        ArgumentNullException.ThrowIfNull(lsr);
        _encoder = lsr.Encoder;
        QueryScale = lsr.Scale;
        LsrFields = new HashSet<string>(StringComparer.Ordinal) { defaultField };
    }

    /// <summary>Gets the fields whose free text is encoded. Contains the default field at first.</summary>
    public ISet<string> LsrFields { get; }

    /// <summary>
    /// Gets the weights of the fields that are searched for text on the default field. A document scores the weighted
    /// sum of its scores in them, see <see cref="HybridQuery"/>. One encoder must have filled them. Empty, as it is at
    /// first, means the default field alone.
    /// </summary>
    public IDictionary<string, float> FieldWeights { get; } = new Dictionary<string, float>(StringComparer.Ordinal);

    /// <summary>
    /// Gets the lexical field of each LSR field that has one. Quoted phrases, wildcard, prefix, fuzzy, range and regular
    /// expression queries on the LSR field search it instead. Empty at first.
    /// </summary>
    public IDictionary<string, string> LexicalFields { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Gets or sets the scale that converts query weights to impacts. Defaults to the analyzer's scale.
    /// </summary>
    public ImpactScale QueryScale { get; set; }

    /// <summary>
    /// Gets or sets the cache for the queries' postings. If null, which is the default, they use
    /// <see cref="ImpactCache.Default"/>.
    /// </summary>
    public ImpactCache? Cache { get; set; }

    /// <summary>
    /// Gets or sets the budget of parsed queries, or null, the default, for any time. Its token also cancels the
    /// encoding.
    /// </summary>
    public SearchBudget? Budget { get; set; }

    /// <summary>
    /// Gets or sets the function that makes another query of a text that could not be encoded, such as a lexical one.
    /// If it is null, which is the default, or returns null, the encoder's exception is thrown. A search that is
    /// canceled by its <see cref="Budget"/> has no fallback.
    /// </summary>
    public Func<EncoderFailure, Query?>? EncoderFallback { get; set; }

    /// <summary>
    /// Gets or sets the rules with which people correct the index, or null, the default, for none. A rule on queries
    /// applies to a text if that text, not the whole query string, contains its words.
    /// </summary>
    public RelevanceRules? Rules { get; set; }

    /// <summary>Gets or sets the limits on query strings.</summary>
    public QueryLimits Limits { get; set; } = new();

    private bool IsCanceled => Budget?.CancellationToken.IsCancellationRequested == true;

    /// <summary>Parses a query string.</summary>
    /// <exception cref="ParseException">
    /// The string is empty, is not valid classic syntax or exceeds one of the <see cref="Limits"/>.
    /// </exception>
    public override Query Parse(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Limits.CheckQuery(query);
        _patterns = 0;
        return Resolve(ParseSyntax(query), prohibited: false) ?? new BooleanQuery();
    }

    /// <inheritdoc/>
    protected override Query GetFieldQuery(string field, string queryText, bool quoted) =>
        quoted && LexicalFields.TryGetValue(field, out var lexical) ? base.GetFieldQuery(lexical, queryText, quoted)
        : LsrFields.Contains(field) || FieldWeights.ContainsKey(field) ? new FreeTextQuery(field, queryText)
        : base.GetFieldQuery(field, queryText, quoted);

    /// <inheritdoc/>
    protected override Query GetPrefixQuery(string field, string termStr) =>
        base.GetPrefixQuery(ToLexical(field), termStr);

    /// <inheritdoc/>
    protected override Query GetFuzzyQuery(string field, string termStr, float minSimilarity) =>
        base.GetFuzzyQuery(ToLexical(field), termStr, minSimilarity);

    /// <inheritdoc/>
    protected override Query GetRangeQuery(
        string field, string? part1, string? part2, bool startInclusive, bool endInclusive) =>
        base.GetRangeQuery(ToLexical(field), part1, part2, startInclusive, endInclusive);

    /// <inheritdoc/>
    protected override Query GetWildcardQuery(string field, string termStr)
    {
        Limits.CheckPattern(termStr, PatternSyntax.Wildcard, ++_patterns);
        return base.GetWildcardQuery(ToLexical(field), termStr);
    }

    /// <inheritdoc/>
    protected override Query GetRegexpQuery(string field, string termStr)
    {
        Limits.CheckPattern(termStr, PatternSyntax.Regex, ++_patterns);
        return base.GetRegexpQuery(ToLexical(field), termStr);
    }

    /// <inheritdoc/>
    protected override void AddClause(IList<BooleanClause> clauses, int conj, int mods, Query? q)
    {
        (q as FreeTextQuery)?.MarkListed(followsOperator: conj != CONJ_NONE);
        base.AddClause(clauses, conj, mods, q);
    }

    /// <inheritdoc/>
    protected override Query GetBooleanQuery(IList<BooleanClause> clauses, bool disableCoord) =>
        JoinTexts(clauses) switch
        {
            [{ Occur: Occur.SHOULD, Query: FreeTextQuery text }] => text,
            var joined => base.GetBooleanQuery(joined, disableCoord),
        };

    private string ToLexical(string field) => LexicalFields.TryGetValue(field, out var lexical) ? lexical : field;

    // Joins optional clauses only: + and - apply to a single word.
    private static List<BooleanClause> JoinTexts(IList<BooleanClause> clauses)
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

    // Lucene's parser lets exceptions of malformed regular expressions, slops and numbers through.
    private Query ParseSyntax(string query)
    {
        try
        {
            return base.Parse(query);
        }
        catch (Exception exception) when (exception is ArgumentException or ArithmeticException or FormatException)
        {
            throw new ParseException($"Cannot parse '{query}': {exception.Message}", exception);
        }
    }

    private Query? Resolve(Query query, bool prohibited) => query switch
    {
        FreeTextQuery text => CreateQuery(text, prohibited),
        BooleanQuery group => ResolveGroup(group, prohibited),
        _ => query,
    };

    private BooleanQuery? ResolveGroup(BooleanQuery group, bool prohibited)
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

    private Query? CreateQuery(FreeTextQuery text, bool prohibited)
    {
        try
        {
            return Encode(text, prohibited);
        }
        catch (Exception exception) when (EncoderFallback is not null && !IsCanceled)
        {
            if (EncoderFallback(new EncoderFailure(text.Field, text.Text, exception)) is { } other)
            {
                other.Boost *= text.Boost;
                return other;
            }

            throw;
        }
    }

    private Query? Encode(FreeTextQuery text, bool prohibited)
    {
        var vector = _encoder.Encode(text.Text, TextSide.Query, Budget?.CancellationToken ?? default);
        var impacts = QueryScale.Quantize(vector);
        var query = text.Field == Field && FieldWeights.Count > 0
            ? CreateQuery(text.Text, impacts, prohibited)
            : CreateQuery(text.Field, text.Text, impacts, prohibited);
        if (query is not null)
        {
            query.Boost = text.Boost;
        }

        return query;
    }

    private Query? CreateQuery(string text, IReadOnlyList<TermImpact> impacts, bool prohibited)
    {
        var parts = new List<WeightedQuery>();
        foreach (var (field, weight) in FieldWeights)
        {
            if (CreateQuery(field, text, impacts, prohibited) is { } query)
            {
                parts.Add(new WeightedQuery(query, weight));
            }
        }

        return parts switch
        {
            [] => null,
            [{ Weight: 1 } only] => only.Query,
            _ => new HybridQuery(parts),
        };
    }

    // Returns null if there is no term to search for.
    private ImpactQuery? CreateQuery(
        string field, string text, IReadOnlyList<TermImpact> impacts, bool prohibited)
    {
        var edited = Rules?.EditQuery(field, text, impacts) ?? new EditedQuery(impacts, []);
        return edited.Impacts.Count == 0 ? null : new ImpactQuery(
            field, prohibited ? [edited.Impacts.MaxBy(term => term.Impact)] : edited.Impacts, Cache)
        {
            Budget = prohibited ? null : Budget, // a partial result would let excluded documents through
            Edits = edited.Edits,
            Rules = Rules,
        };
    }
}
