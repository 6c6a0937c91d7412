using LuceneLsr.Playground.Messages;
using LuceneLsr.Playground.Searching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace LuceneLsr.Playground.Api;

/// <summary>The operations that search and explain.</summary>
internal static class SearchEndpoints
{
    /// <summary>Maps the operations.</summary>
    public static void MapSearch(this IEndpointRouteBuilder api, PlaygroundEngine engine)
    {
        api.MapGet("info", () => engine.Info)
            .WithName("getInfo")
            .WithSummary("Describe the index")
            .WithDescription("Returns what is searched: the number of documents, the encoder and the judged queries.");
        api.MapGet("queries", () =>
                (engine.Judged?.Queries ?? []).Select(query => new JudgedQuery(query.Id, query.Text)))
            .WithName("listQueries")
            .WithSummary("List the judged queries")
            .WithDescription("Returns the queries whose relevant documents are known. Search for their text.");
        api.MapPost("search", ([FromBody] SearchRequest request, CancellationToken cancellation) =>
                engine.Search(request, cancellation))
            .WithName("search")
            .WithSummary("Search by BM25, LSR and both")
            .WithDescription("Ranks the documents three ways and shows the learned terms of the query.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapPost("expand", ([FromBody] ExpandRequest request, CancellationToken cancellation) =>
                engine.Expand(request.Text, cancellation))
            .WithName("expand")
            .WithSummary("Expand a query")
            .WithDescription("Returns the learned terms of a text: its own words and the expansion.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapPost("explain", ([FromBody] ExplainRequest request, CancellationToken cancellation) =>
                engine.Explain(request, cancellation))
            .WithName("explain")
            .WithSummary("Explain the scores of a document")
            .WithDescription("Returns what each term contributes to a document's scores for a query.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("passages", ([FromBody] PassagesRequest request, CancellationToken cancellation) =>
                engine.FindPassages(request, cancellation))
            .WithName("findPassages")
            .WithSummary("Find matching passages")
            .WithDescription("Returns title and passages of documents with the words that explain their learned scores. It "
                + "encodes the documents, which takes longer than a search; the last ones are cached.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("document", (string id) => engine.Read(id))
            .WithName("readDocument")
            .WithSummary("Read a document")
            .WithDescription("Returns a document's title and text.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
