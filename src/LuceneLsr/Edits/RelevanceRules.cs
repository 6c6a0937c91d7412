using LuceneLsr.Files;

namespace LuceneLsr.Edits;

/// <summary>
/// A set of rules with which people correct a learned index, without a new model or a new index. Immutable and
/// thread-safe: to change rules while searches run, give later queries another set.
/// </summary>
/// <remarks>
/// <para><b>Queries.</b> <see cref="LuceneLsr.Search.ImpactQuery.WithRules"/> and
/// <see cref="LuceneLsr.QueryParsing.LsrQueryParser.Rules"/> apply both kinds of rules while they search: those on
/// queries change the terms of the query, and those on documents are laid over the postings of the index. Scores equal
/// those of an index with the edited vectors. The rules on documents follow their documents, by id, through updates,
/// merges and new encoders.</para>
/// <para><b>Indexing.</b> An application that prefers to index edited vectors gives them to <see
/// cref="EditDocument(string, string, SparseVector, ImpactScale)"/> and gives its queries the set of <see
/// cref="QueryRulesOnly"/>. A rule on documents that is in both places counts twice.</para>
/// <para>The order of rules has no effect: see <see cref="QueryRule"/> and <see cref="DocumentRule"/>.</para>
/// </remarks>
public sealed class RelevanceRules
{
    private readonly RelevanceRule[] _rules;
    private readonly Func<string, IEnumerable<string>> _getTextTerms;
    private readonly QueryEditor _queries;

    /// <summary>Creates a set.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="idField">The field of document ids, indexed as one term.</param>
    /// <param name="getTextTerms">
    /// Returns the index terms of the words that a text contains, such as <c>TermSpace.GetTextTerms</c>. Null returns
    /// the words in lower case, as they are.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A rule is not valid, has the id of another one, or repeats another one.
    /// </exception>
    public RelevanceRules(
        IEnumerable<RelevanceRule> rules, string idField = "id", Func<string, IEnumerable<string>>? getTextTerms = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentException.ThrowIfNullOrEmpty(idField);
        var collector = new RuleCollector();
        foreach (var rule in rules)
        {
            ArgumentNullException.ThrowIfNull(rule, nameof(rules));
            collector.Add(rule);
        }

        _rules = [.. collector.Rules];
        (IdField, _getTextTerms) = (idField, getTextTerms ?? TextWords.Find);
        var enabled = _rules.Where(rule => rule.IsEnabled).ToList();
        _queries = new(enabled.OfType<QueryRule>(), _getTextTerms);
        Documents = new(enabled.OfType<DocumentRule>(), idField);
    }

    /// <summary>Gets the rules, also those that are disabled.</summary>
    public IReadOnlyList<RelevanceRule> Rules => _rules;

    /// <summary>Gets the field of document ids.</summary>
    public string IdField { get; }

    /// <summary>Gets the overlay of the rules on documents.</summary>
    internal DocumentEdits Documents { get; }

    /// <summary>Loads a set from a file.</summary>
    /// <param name="path">The file, in the format of <see cref="Save"/>.</param>
    /// <param name="getTextTerms">
    /// Returns the index terms of the words that a text contains; null for the words in lower case, as they are.
    /// </param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not valid. The message names the file, the line and the rule.
    /// </exception>
    public static RelevanceRules Load(string path, Func<string, IEnumerable<string>>? getTextTerms = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(File.ReadAllBytes(path), path, getTextTerms);
    }

    /// <summary>Parses a set.</summary>
    /// <param name="json">The contents of a file of <see cref="Save"/>.</param>
    /// <param name="source">The name of the file, for errors.</param>
    /// <param name="getTextTerms">As in <see cref="Load"/>.</param>
    /// <exception cref="InvalidDataException">The contents are not valid.</exception>
    internal static RelevanceRules Parse(
        ReadOnlySpan<byte> json, string source, Func<string, IEnumerable<string>>? getTextTerms)
    {
        var file = RulesJson.Parse(json, source);
        return new RelevanceRules(file.Rules, file.IdField, getTextTerms);
    }

    /// <summary>
    /// Saves the set as JSON. An existing file is replaced at once: whoever reads it meanwhile gets the old or the new
    /// one.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written. An existing file is unchanged.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.WriteText(path, RulesJson.Format(this));
    }

    /// <summary>Returns the index terms of the words that queries must contain, for a new rule.</summary>
    /// <exception cref="ArgumentException">The text has no word.</exception>
    public IReadOnlyList<string> FindQueryTerms(string text) => FindTerms(text) is { Count: > 0 } terms
        ? terms
        : throw new ArgumentException($"query '{text}' has no word. Give a word that queries must contain.");

    /// <summary>Returns the index term of a word, for a new rule.</summary>
    /// <exception cref="ArgumentException">The word has no index term, or several.</exception>
    public string FindTerm(string word) => FindTerms(word) switch
    {
        [var term] => term,
        [] => throw new ArgumentException($"word '{word}' has no index term. Give a word."),
        var several => throw new ArgumentException(
            $"word '{word}' has several index terms: {string.Join(", ", several)}. Make a rule for each."),
    };

    /// <summary>Returns a set with one more rule.</summary>
    /// <exception cref="ArgumentException">
    /// The rule is not valid, its id is a duplicate, or the same rule already exists.
    /// </exception>
    public RelevanceRules Add(RelevanceRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return With(_rules.Append(rule));
    }

    /// <summary>Returns a set without a rule.</summary>
    /// <exception cref="KeyNotFoundException">There is no such rule.</exception>
    public RelevanceRules Remove(string id)
    {
        var removed = Find(id);
        return With(_rules.Where(rule => rule != removed));
    }

    /// <summary>Returns a set with a rule that is enabled or disabled.</summary>
    /// <exception cref="KeyNotFoundException">There is no such rule.</exception>
    public RelevanceRules Enable(string id, bool isEnabled)
    {
        var changed = Find(id);
        return With(_rules.Select(rule => rule == changed ? rule with { IsEnabled = isEnabled } : rule));
    }

    /// <summary>
    /// Returns a set of the rules on queries, for the queries of an index that holds edited vectors already.
    /// </summary>
    public RelevanceRules QueryRulesOnly() => With(_rules.OfType<QueryRule>());

    /// <summary>Applies the rules on queries.</summary>
    /// <param name="field">The field to search.</param>
    /// <param name="text">The text of the query, which the rules' words must occur in.</param>
    /// <param name="impacts">The text's terms, each once.</param>
    public EditedQuery EditQuery(string field, string text, IReadOnlyList<TermImpact> impacts)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(impacts);
        return _queries.Edit(field, text, impacts);
    }

    /// <summary>Applies the rules on documents to a vector that is to be indexed.</summary>
    /// <param name="field">The field of the vector.</param>
    /// <param name="documentId">The id of the document.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="scale">
    /// The scale of the index. It converts the weights of the edited vector to the edited impacts.
    /// </param>
    /// <returns>The edited vector; the same one if no rule applies.</returns>
    public SparseVector EditDocument(string field, string documentId, SparseVector vector, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(scale);
        var rules = Documents.GetDocumentRules(field, documentId);
        if (rules.Count == 0)
        {
            return vector;
        }

        var weights = vector.Entries.ToDictionary(entry => entry.Term, entry => entry.Weight, StringComparer.Ordinal);
        foreach (var term in rules)
        {
            var impact = scale.Quantize(weights.GetValueOrDefault(term.Key));
            weights[term.Key] = DocumentEdits.Apply(impact, term) / scale.Factor;
        }

        return new SparseVector(weights.Select(entry => new TermWeight(entry.Key, entry.Value)));
    }

    private RelevanceRules With(IEnumerable<RelevanceRule> rules) => new(rules, IdField, _getTextTerms);

    private List<string> FindTerms(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. _getTextTerms(text).Distinct(StringComparer.Ordinal)];
    }

    private RelevanceRule Find(string id) => Array.Find(_rules, rule => rule.Id == id)
        ?? throw new KeyNotFoundException($"There is no rule '{id}'. List the rules to see their ids.");
}
