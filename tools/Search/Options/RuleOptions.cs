using System.CommandLine;
using System.CommandLine.Parsing;
using LuceneLsr.Edits;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options that state a relevance rule in words.</summary>
internal sealed class RuleOptions
{
    private readonly Option<string?> _query = new("--query")
    {
        Description = "The rule is for queries that contain these words.", HelpName = "WORDS",
    };

    private readonly Option<string?> _document = new("--document")
    {
        Description = "The rule is for the document with this id.", HelpName = "ID",
    };

    private readonly Option<string?> _term = new("--term")
    {
        Description = "The word whose weight changes. An index term of the vocabulary, as search and inspect print it, "
            + "stays as it is; another word is stemmed.",
        HelpName = "WORD",
    };

    private readonly Option<string?> _never = new("--never")
    {
        Description = "The word that the queries must never match; short for --term WORD --factor 0.",
        HelpName = "WORD",
    };

    private readonly Option<float?> _factor = new("--factor")
    {
        Description = "Factor on the word's weight in the queries: 0.5 halves it, 0 removes it.", HelpName = "FACTOR",
    };

    private readonly Option<int?> _impact = new("--impact")
    {
        Description = "Impact to add to the word in the document (80, -80), or that it has at least in the queries.",
        HelpName = "IMPACT",
    };

    private readonly Option<string?> _field = new("--field")
    {
        Description = "The only field that the rule is for (default all).", HelpName = "FIELD",
    };

    private readonly Option<string?> _id = new("--id")
    {
        Description = "Id of the rule (default of its words, such as jaguar-cat).", HelpName = "ID",
    };

    private readonly Option<string?> _note = new("--note") { Description = "Why the rule exists.", HelpName = "TEXT" };

    private readonly Option<string?> _author = new("--author") { Description = "Who makes it.", HelpName = "NAME" };

    /// <summary>Adds the options to a command.</summary>
    public RuleOptions(Command command)
    {
        foreach (var option in new Option[]
            { _query, _document, _term, _never, _factor, _impact, _field, _id, _note, _author })
        {
            command.Add(option);
        }

        command.Exclude(_document, _query, _never, _factor);
        command.Exclude(_never, _term, _factor, _impact);
        command.Exclude(_factor, _impact);
        command.Validators.Add(Validate);
    }

    /// <summary>Creates the rule.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terms">The term space, whose own terms need no stemming.</param>
    /// <param name="rules">The other rules, which turn words into index terms.</param>
    /// <exception cref="ArgumentException">A value has no index term, or more than one.</exception>
    public RelevanceRule Create(ParseResult parsed, TermSpace terms, RelevanceRules rules)
    {
        var word = (parsed.GetValue(_never) ?? parsed.GetValue(_term))!;
        var subject = parsed.GetValue(_query) ?? parsed.GetValue(_document)!;
        var id = parsed.GetValue(_id) ?? CreateId(subject, word, rules);
        // A term may be copied from the output of search or inspect. "eras", the stem of "erase", would become "era".
        var term = terms.Terms.GetDistinctTerms().Contains(word) ? word : rules.FindTerm(word);
        RelevanceRule rule = parsed.GetValue(_document) is { } document
            ? new DocumentRule { Id = id, DocumentId = document, Term = term, Impact = parsed.GetValue(_impact)!.Value }
            : CreateQueryRule(parsed, id, subject, term, rules);
        return rule with
        {
            Word = word,
            Field = parsed.GetValue(_field),
            Note = parsed.GetValue(_note),
            Author = parsed.GetValue(_author),
            Date = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime),
        };
    }

    private void Validate(CommandResult result)
    {
        if (!result.IsGiven(_query) && !result.IsGiven(_document))
        {
            result.AddError("--query or --document is required.");
        }
        else if (!result.IsGiven(_term) && !result.IsGiven(_never))
        {
            result.AddError("--term or --never is required.");
        }
        else if (result.IsGiven(_document) && !result.IsGiven(_impact))
        {
            result.AddError("--document requires --impact.");
        }
        else if (result.IsGiven(_query) && !new Option[] { _never, _factor, _impact }.Any(result.IsGiven))
        {
            result.AddError("--query requires --factor, --impact or --never.");
        }
    }

    private QueryRule CreateQueryRule(ParseResult parsed, string id, string text, string term, RelevanceRules rules) =>
        new()
        {
            Id = id,
            QueryTerms = rules.FindQueryTerms(text),
            QueryText = text,
            Term = term,
            Factor = parsed.GetValue(_never) is null ? parsed.GetValue(_factor) : 0,
            Impact = parsed.GetValue(_impact),
        };

    private static string CreateId(string subject, string word, RelevanceRules rules)
    {
        var stem = string.Join('-', $"{subject} {word}".ToLowerInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var taken = rules.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? stem : $"{stem}-{number}")
            .First(id => !taken.Contains(id));
    }
}
