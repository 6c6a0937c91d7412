using LuceneLsr.Files;

namespace LuceneLsr.Edits;

/// <summary>
/// A correction of a learned index that a person made: a statement on one term, of queries
/// (<see cref="QueryRule"/>) or of a document (<see cref="DocumentRule"/>).
/// </summary>
public abstract record RelevanceRule
{
    private protected RelevanceRule()
    {
    }

    /// <summary>Gets the id of the rule, unique in its set. Explanations of scores show it.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Gets the index term whose weight the rule changes, as the encoder writes it: a stem, for example.
    /// </summary>
    public required string Term { get; init; }

    /// <summary>Gets the word that the <see cref="Term"/> stands for, as a person wrote it, or null.</summary>
    public string? Word { get; init; }

    /// <summary>Gets the only field that the rule applies to, or null for all learned fields.</summary>
    public string? Field { get; init; }

    /// <summary>Gets whether the rule applies. A rule that does not is kept, and can be enabled again.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Gets why the rule exists, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Gets who made the rule, or null.</summary>
    public string? Author { get; init; }

    /// <summary>Gets when the rule was made, or null.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Gets what the rule does to the weight of its term, such as "x 0.5" or "+80".</summary>
    public abstract string Effect { get; }

    /// <summary>Gets what the rule does, and to what. Its id, words and note do not count.</summary>
    internal (string Subject, string Term, string? Field, string Effect) Content => (Subject, Term, Field, Effect);

    /// <summary>Gets the queries or the document of the rule as a key.</summary>
    private protected abstract string Subject { get; }

    /// <summary>Returns whether the rule applies to a field.</summary>
    public bool AppliesTo(string field) => Field is null || Field == field;

    /// <summary>
    /// Returns whether another rule is on the same term of the same queries or the same document, in a field of both,
    /// so that both change it together.
    /// </summary>
    public bool Overlaps(RelevanceRule other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Term == other.Term && Subject == other.Subject
            && (Field is null || other.Field is null || Field == other.Field);
    }

    /// <summary>Checks the values of the rule.</summary>
    /// <exception cref="ArgumentException">A value is missing or out of range. The message names the rule.</exception>
    internal virtual void Validate()
    {
        Require.Argument(!string.IsNullOrWhiteSpace(Id), "A rule has an empty id. Name it");
        Check(!string.IsNullOrEmpty(Term), "the term is empty. Name an index term");
        Check(Field is not "", "the field is empty. Name a field, or leave it out to mean all");
    }

    /// <summary>Checks one value of the rule.</summary>
    private protected void Check(bool isValid, string problem) =>
        Require.Argument(isValid, $"Rule '{Id}': {problem}");
}
