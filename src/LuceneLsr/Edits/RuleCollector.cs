using LuceneLsr.Files;

namespace LuceneLsr.Edits;

/// <summary>
/// Collects valid rules with unique ids. A rule that repeats another one would count twice, so it is refused.
/// </summary>
internal sealed class RuleCollector
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string, string?, string), string> _idOfContent = [];
    private readonly List<RelevanceRule> _rules = [];

    /// <summary>Gets the rules.</summary>
    public IReadOnlyList<RelevanceRule> Rules => _rules;

    /// <summary>Adds a rule.</summary>
    /// <exception cref="ArgumentException">
    /// The rule is not valid, its id is a duplicate, or another one has the same content. The message names the rule.
    /// </exception>
    public void Add(RelevanceRule rule)
    {
        rule.Validate();
        Require.Argument(_ids.Add(rule.Id), $"Rule '{rule.Id}': duplicate id. Make ids unique");
        Require.Argument(
            _idOfContent.TryAdd(rule.Content, rule.Id),
            $"Rule '{rule.Id}': the same rule already exists, with the id '{_idOfContent[rule.Content]}'. Use that "
            + "one, and enable it if it is disabled");
        _rules.Add(rule);
    }
}
