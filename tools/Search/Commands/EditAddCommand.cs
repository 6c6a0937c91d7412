using System.CommandLine;
using Lucene.Net.Index;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Comparisons;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"edit add": adds a rule, or shows what it would change.</summary>
internal static class EditAddCommand
{
    private const int Depth = 10;

    public static Command Create()
    {
        Option<bool> isTrial = new("--try") { Description = "Do not add the rule, but show which queries it changes." };
        Option<string?> log = new("--queries")
        {
            Description = "With --try, also try the queries of a text file, one per line.", HelpName = "FILE",
        };
        var top = CommonOptions.CreateTop("With --try, number of queries of each kind to list.", 5);
        var command = new Command("add", "Add a rule, or try it before.") { isTrial, log, top };
        var rule = new RuleOptions(command);
        var file = RulesOption.CreateForEditing(command);
        Option<string> collection = CommonOptions.CreateCollection(), split = CommonOptions.CreateSplit();
        command.Add(collection);
        command.Add(split);
        var model = new ModelOptions(command, encodesDocuments: false);
        var index = new IndexOpening(command, model);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(isTrial) && new Option[] { log, top, collection, split }.FirstOrDefault(result.IsGiven)
                is { } unused)
            {
                result.AddError($"{unused.Name} requires {isTrial.Name}.");
            }
        });
        command.SetWork((parsed, cancellation) =>
        {
            var terms = TermSpace.Load(model.GetCheckpoint(parsed));
            var current = file.LoadIfExists(parsed, terms)
                ?? new RelevanceRules([], SparseIndex.IdField, terms.GetTextTerms);
            var added = rule.Create(parsed, terms, current);
            var candidate = current.Add(added);
            RulesView.Write([added]);
            WarnAboutOverlaps(current, added);
            if (!parsed.GetValue(isTrial))
            {
                file.Save(parsed, candidate);
                AnsiConsole.MarkupLineInterpolated($"added rule {added.Id} to {file.GetPath(parsed)}");
                return;
            }

            if (SparseIndex.FindFieldProblem(added) is { } problem)
            {
                throw new ArgumentException(problem);
            }

            var data = BeirCollection.Load(parsed.GetValue(collection)!, parsed.GetValue(split)!);
            var queries = data.Queries.Concat(QueryLog.Read(parsed.GetValue(log))).ToList();
            using var directory = index.OpenDirectory(parsed);
            using var opened = index.Open(directory, parsed, cancellation);
            using var encoder = model.Load(parsed);
            index.Verify(opened, encoder, parsed);
            WarnAboutMissing(opened, added);
            var field = new FieldVersion(SparseIndex.ContentsField, encoder) { Rules = current };
            var comparison = VersionComparison.Compare(
                opened.Searcher, SparseIndex.IdField, field, field with { Rules = candidate }, queries, data.Qrels,
                Depth, cancellation);
            new TrialView(comparison, new JudgedCollection(data.Qrels, queries, data.Corpus))
                .Write(parsed.GetValue(top));
        });
        return command;
    }

    private static void WarnAboutOverlaps(RelevanceRules rules, RelevanceRule added)
    {
        foreach (var other in rules.Rules.Where(rule => rule.IsEnabled && rule.Overlaps(added)))
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]Rule {other.Id} ({other.Effect}) changes the same weight, and both apply.[/]");
        }
    }

    private static void WarnAboutMissing(SparseIndex index, RelevanceRule rule)
    {
        var reader = index.Searcher.IndexReader;
        if (rule is DocumentRule { DocumentId: var id } && reader.DocFreq(new Term(SparseIndex.IdField, id)) == 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]The index has no document '{id}'.[/]");
        }
        else if (rule is QueryRule && reader.DocFreq(new Term(SparseIndex.ContentsField, rule.Term)) == 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]No document has the term '{rule.Term}'.[/]");
        }
    }
}
