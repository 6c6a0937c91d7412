using System.CommandLine;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Inspection;
using LuceneLsr.Search.Feedback;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"inspect": shows the terms of a text or a document, and why a document matches a query.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var top = CommonOptions.CreateTop("Number of terms to print.", 30);
        var side = CommonOptions.CreateSide(TextSide.Query);
        Option<string?> document = new("--document")
        {
            Description = "Id of a document in the index to inspect instead of a text.",
            HelpName = "ID",
        };
        Option<string?> query = new("--query") { Description = "Query to match with the document.", HelpName = "TEXT" };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        var command = new Command(
            "inspect", "Show the terms of a text or a document with the words that produced them, or why a document "
            + "matches a query.")
        {
            side, top, document, query, json,
        };
        var text = new TextArgument(command, "text", "Text to expand.", isRequired: false);
        var model = new ModelOptions(command, encodesDocuments: true);
        var index = new IndexOpening(command, model);
        PerSide<PruningOptions> pruning = new(new(command, TextSide.Query), new(command, TextSide.Document));
        command.Validators.Add(result =>
        {
            var hasText = text.IsGiven(result);
            if (hasText == (result.GetValue(document) is not null))
            {
                result.AddError($"Name either a text or {document.Name} ID.");
            }
            else if (hasText && result.GetValue(query) is not null)
            {
                result.AddError($"{query.Name} requires {document.Name} ID.");
            }
        });
        command.SetWork((parsed, cancellation) =>
        {
            if (parsed.GetValue(document) is not { } id)
            {
                using var encoder = model.Load(parsed);
                var textSide = parsed.GetValue(side);
                InspectText(
                    InspectedText.Create(encoder, text.Get(parsed), textSide, pruning[textSide].Read(parsed),
                        encoder.Settings.ImpactScale, cancellation),
                    parsed.GetValue(top), parsed.GetValue(json));
                return;
            }

            using var directory = index.OpenDirectory(parsed);
            using var opened = index.Open(directory, parsed, cancellation);
            using var loaded = model.Load(parsed);
            var scale = index.Verify(opened, loaded, parsed);
            var stored = StoredDocument.Read(opened, id);
            var encoded = InspectedText.Create(
                loaded, stored.Text ?? "", TextSide.Document, pruning.Document.Read(parsed), scale, cancellation);
            if (parsed.GetValue(query) is { } queryText)
            {
                var asked = InspectedText.Create(
                    loaded, queryText, TextSide.Query, pruning.Query.Read(parsed), scale, cancellation);
                InspectMatch(asked, stored, encoded, parsed.GetValue(top), parsed.GetValue(json));
            }
            else
            {
                InspectDocument(stored, encoded, parsed.GetValue(top), parsed.GetValue(json));
            }
        });
        return command;
    }

    private static void InspectText(InspectedText text, int top, bool isJson)
    {
        if (isJson)
        {
            Json.Write(new JsonText(text.Text, text.Side,
                text.Terms.Select(term => JsonTerm.Create(text.Text, term)!)));
            return;
        }

        TermTable.Write($"As a {text.Side.ToString().ToLowerInvariant()}", text.Text, text.Terms, top);
    }

    private static void InspectDocument(StoredDocument document, InspectedText encoded, int top, bool isJson)
    {
        var terms = StoredTerm.Compare(document.Impacts, encoded.Terms);
        if (isJson)
        {
            Json.Write(new JsonDocument(document.Id, document.Text, terms.Select(
                term => new JsonStoredTerm(term.Term, term.Impact, JsonTerm.Create(encoded.Text, term.Encoded)))));
            return;
        }

        StoredTable.Write(document.Id, document.Text, terms, top);
    }

    private static void InspectMatch(
        InspectedText query, StoredDocument document, InspectedText encoded, int top, bool isJson)
    {
        var terms = MatchedTerm.Compare(query.Terms, document.Impacts, encoded.Terms.Select(term => term.Source));
        if (isJson)
        {
            var matches = terms.ToLookup(term => term.DocumentImpact > 0, term => new JsonMatch(
                term.Query.Term, term.Score, JsonSide.Create(term.QueryImpact, query.Text, term.Query),
                term.DocumentImpact == 0
                    ? null
                    : JsonSide.Create(term.DocumentImpact, document.Text, term.Document)));
            Json.Write(new JsonMatches(
                query.Text, document.Id, document.Text, terms.Sum(term => term.Score), matches[true], matches[false]));
            return;
        }

        MatchTable.Write(query.Text, document.Id, document.Text, terms, top);
    }

    /// <summary>The terms of a text.</summary>
    private sealed record InspectedText(
        string Text, TextSide Side, IReadOnlyList<InspectedTerm> Terms)
    {
        public static InspectedText Create(
            ModelEncoder encoder, string text, TextSide side, VectorPruning pruning, ImpactScale scale,
            CancellationToken cancellation) => new(
                text, side,
                InspectedTerm.Create(encoder.EncodeWithSources([text], side, cancellation)[0], pruning, scale));
    }

    /// <summary>A document of an index, with its text if the index stores it.</summary>
    private sealed record StoredDocument(string Id, string? Text, IReadOnlyList<TermImpact> Impacts)
    {
        public static StoredDocument Read(SparseIndex index, string id)
        {
            var number = index.FindDocument(id);
            var impacts = DocumentImpacts.Read(index.Searcher.IndexReader, SparseIndex.ContentsField, [number])[0];
            return new(id, index.ReadDocument(number)?.Contents, ImpactScale.Identity.Quantize(impacts));
        }
    }
}
