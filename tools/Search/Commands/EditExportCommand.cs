using System.CommandLine;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Supervision;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Search.Options;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"edit export": writes the rules as training data.</summary>
internal static class EditExportCommand
{
    public static Command Create()
    {
        Option<string> output = new("--output")
        {
            Description = "JSONL file to write, for the term targets of lsr-train.", Required = true, HelpName = "FILE",
        };
        Option<string?> log = new("--queries")
        {
            Description = "Also the queries of a text file, one per line.", HelpName = "FILE",
        };
        var collection = CommonOptions.CreateCollection();
        var command = new Command("export", "Write the rules as training data: texts and the weights of their terms.")
        {
            output, log, collection,
        };
        var file = RulesOption.CreateForEditing(command);
        var model = new ModelOptions(command, encodesDocuments: true);
        command.SetWork((parsed, cancellation) =>
        {
            var terms = TermSpace.Load(model.GetCheckpoint(parsed));
            var rules = file.LoadForSearch(parsed, terms);
            var trainable = terms.Terms.GetDistinctTerms().ToHashSet(StringComparer.Ordinal);
            using var encoder = model.Load(parsed);
            var supervision = new EditSupervision(
                rules, SparseIndex.ContentsField, encoder, encoder.Settings.ImpactScale, trainable);
            var folder = parsed.GetValue(collection)!;
            var queries = BeirCollection.ReadQueries(folder).Concat(QueryLog.Read(parsed.GetValue(log)));
            var corpus = BeirCollection.ReadCorpus(folder);
            var lines = TermTargetsFile.Write(parsed.GetValue(output)!,
            [
                .. supervision.CreateQueryTargets(queries.Select(query => query.Text), cancellation),
                .. supervision.CreateDocumentTargets(corpus, cancellation),
            ]);
            AnsiConsole.MarkupLineInterpolated($"{lines} texts with targets in {parsed.GetValue(output)!}");
            WarnAboutMissing(rules, trainable, corpus);
        });
        return command;
    }

    private static void WarnAboutMissing(
        RelevanceRules rules, HashSet<string> trainable, IReadOnlyList<BeirDocument> corpus)
    {
        var documents = corpus.Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in rules.Rules.Where(rule => rule.IsEnabled))
        {
            if (!trainable.Contains(rule.Term))
            {
                AnsiConsole.MarkupLineInterpolated(
                    $"[yellow]{rule.Id}: the model has no term '{rule.Term}' whose weight can be trained.[/]");
            }

            if (rule is DocumentRule { DocumentId: var id } && !documents.Contains(id))
            {
                AnsiConsole.MarkupLineInterpolated($"[yellow]{rule.Id}: the collection has no document '{id}'.[/]");
            }
        }
    }
}
