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
        var command = new Command(
            "inspect", "Show the terms of a text or a document with the words that produced them, or why a document "
            + "matches a query.");
        var options = new InspectOptions(command);
        var model = new ModelOptions(command, encodesDocuments: true);
        var index = new IndexOpening(command, model);
        PerSide<PruningOptions> pruning = new(new(command, TextSide.Query), new(command, TextSide.Document));
        command.SetWork((parsed, cancellation) =>
        {
            var asked = options.Read(parsed);
            if (asked.DocumentId is not { } id)
            {
                using var encoder = model.Load(parsed);
                InspectText(
                    InspectedText.Create(
                        encoder, asked.Text, asked.Side, pruning[asked.Side].Read(parsed),
                        encoder.Settings.ImpactScale, cancellation),
                    asked.Top, asked.IsJson);
                return;
            }

            using var directory = index.OpenDirectory(parsed);
            using var opened = index.Open(directory, parsed, cancellation);
            using var loaded = model.Load(parsed);
            var scale = index.Verify(opened, loaded, parsed);
            InspectedText Encode(string text, TextSide side) =>
                InspectedText.Create(loaded, text, side, pruning[side].Read(parsed), scale, cancellation);
            var stored = StoredDocument.Read(opened, id);
            var encoded = Encode(stored.Text ?? "", TextSide.Document);
            if (asked.Query is { } query)
            {
                InspectMatch(Encode(query, TextSide.Query), stored, encoded, asked.Top, asked.IsJson);
            }
            else
            {
                InspectDocument(stored, encoded, asked.Top, asked.IsJson);
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
