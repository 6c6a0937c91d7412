using System.CommandLine;
using LuceneLsr.Search.Feedback;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for pseudo-relevance feedback.</summary>
internal sealed class FeedbackOptions
{
    private static readonly RocchioFeedback Default = new();

    private readonly Option<int> _documents = new Option<int>("--feedback-documents")
    {
        Description = "Search again with terms of this many first hits (default 0: no feedback).",
    }.Require(value => value >= 0, "at least 0");

    private readonly Option<int> _terms = new Option<int>("--feedback-terms")
    {
        Description = "Maximum number of terms that feedback adds to a query.",
        DefaultValueFactory = _ => Default.ExpansionTerms,
    }.Require(value => value >= 0, "at least 0");

    private readonly Option<float> _weight = new Option<float>("--feedback-weight")
    {
        Description = "Weight of the first hits next to 1 for the query.",
        DefaultValueFactory = _ => Default.FeedbackWeight,
    }.Require(value => value >= 0 && float.IsFinite(value), "a number of at least 0");

    /// <summary>Adds the options to a command.</summary>
    public FeedbackOptions(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Gets all of the options.</summary>
    public IReadOnlyList<Option> All => [_documents, _terms, _weight];

    /// <summary>Gets the feedback, or null for none.</summary>
    public RocchioFeedback? Read(ParseResult parsed) => parsed.GetValue(_documents) is > 0 and var documents
        ? Default with
        {
            Documents = documents,
            ExpansionTerms = parsed.GetValue(_terms),
            FeedbackWeight = parsed.GetValue(_weight),
        }
        : null;
}
