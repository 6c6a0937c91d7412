using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using LuceneLsr.Playground.Messages;
using LuceneLsr.Playground.Searching;
using ModelContextProtocol.Server;

namespace LuceneLsr.Playground.Agents;

/// <summary>The tools of agents that search. They only read.</summary>
[McpServerToolType]
internal sealed class SearchTools(PlaygroundEngine playground)
{
    private const string TextDescription = "The query in plain words.";
    private const string IdDescription = "The id of a document, as search returns it.";

    [McpServerTool(
        Name = "search", Title = "Search", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Searches the documents and returns a ranking: ids, titles, snippets, scores and matched terms.")]
    public Ranking Search(
        [Description(TextDescription)] string text,
        [Description("bm25 (keywords), lsr (learned terms, also finds other words) or hybrid (both).")]
        string engine = Engines.Lsr,
        [Description("Maximum number of documents, 1 to 100.")] int count = 10,
        CancellationToken cancellation = default) => ToolErrors.Run(
            new SearchRequest { Text = text, Count = count },
            request => playground.Search(request, cancellation).Rankings
                .FirstOrDefault(ranking => ranking.Engine == engine)
            ?? throw new ValidationException(
                $"There is no engine '{engine}' here. Use {string.Join(" or ", playground.Info.Engines)}."));

    [McpServerTool(
        Name = "expand_query", Title = "Expand a query", ReadOnly = true, OpenWorld = false,
        UseStructuredContent = true)]
    [Description("Returns the weighted terms that the encoder turns a query into: its own words and the expansion.")]
    public Expansion Expand(
        [Description(TextDescription)] string text, CancellationToken cancellation = default) =>
        ToolErrors.Run(
            new ExpandRequest { Text = text }, request => playground.Expand(request.Text, cancellation));

    [McpServerTool(
        Name = "explain_document", Title = "Explain a document", ReadOnly = true, OpenWorld = false,
        UseStructuredContent = true)]
    [Description("Returns a document's rank and score in each engine for a query, what each term contributes, and the "
        + "query terms that the document lacks.")]
    public DocumentExplanation Explain(
        [Description(IdDescription)] string id, [Description(TextDescription)] string text,
        CancellationToken cancellation = default) => ToolErrors.Run(
            new ExplainRequest { Id = id, Search = new() { Text = text } },
            request => playground.Explain(request, cancellation));

    [McpServerTool(
        Name = "read_document", Title = "Read a document", ReadOnly = true, OpenWorld = false,
        UseStructuredContent = true)]
    [Description("Returns a document's title and text.")]
    public DocumentText Read([Description(IdDescription)] string id) =>
        ToolErrors.Run(() => playground.Read(id));
}
