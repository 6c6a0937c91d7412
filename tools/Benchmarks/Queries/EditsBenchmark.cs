using Lucene.Net.Documents;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Edits;
using LuceneLsr.Tools.Benchmarks.Workloads;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>Prints what an overlay of edited documents costs, as the ratio to the same queries without rules.</summary>
internal static class EditsBenchmark
{
    private const int Depth = 10;
    private const int Impact = 80;

    /// <exception cref="InvalidDataException">The workload has no terms.</exception>
    public static void Run(IWorkload workload, int rounds, CancellationToken cancellation)
    {
        workload.RequireTerms();
        var queries = workload.Queries();
        using var index = WorkloadIndex.CreateInBulk(
            "impact codec", workload, new ImpactCodec(WorkloadIndex.Field), cancellation,
            number => [new StringField("id", $"{number}", Field.Store.NO)]);
        string[] heaviest =
            [.. queries.Where(query => query.Count > 0).Select(query => query.Entries[0].Term).Distinct()];
        string[] all = [.. queries.SelectMany(query => query.Entries).Select(entry => entry.Term).Distinct()];
        Engine[] engines =
        [
            Engine.Create("no rules", index, query => Engine.CreateExactQuery(query)),
            CreateEngine("10,000 rules on other terms", index, ["\0"], rulesPerTerm: 10_000),
            CreateEngine("1 rule on the heaviest term", index, heaviest, rulesPerTerm: 1),
            CreateEngine("1,000 rules on the heaviest term", index, heaviest, rulesPerTerm: 1_000),
            CreateEngine("1 rule on each term", index, all, rulesPerTerm: 1),
        ];
        var table = new Table().RoundedBorder()
            .Title($"Top {Depth} of {index.Count:N0} documents, impact codec, 1 thread")
            .AddColumns("", "mean ms", "p99", "ratio");
        var timings = QueryTiming.Measure(engines, queries, Depth, rounds, threads: 1, cancellation);
        foreach (var (engine, timing) in engines.Zip(timings))
        {
            table.AddRow(
                engine.Name, $"{timing.Mean:F3}", $"{timing.Percentile99:F3}", $"{timing.Mean / timings[0].Mean:F2}");
        }

        AnsiConsole.Write(table);
    }

    private static Engine CreateEngine(string name, WorkloadIndex index, string[] terms, int rulesPerTerm)
    {
        var random = new Random(1);
        int[] documents = [.. Enumerable.Range(0, index.Count)];
        var rules = new RelevanceRules(terms.SelectMany(term =>
        {
            random.Shuffle(documents);
            return documents.Take(rulesPerTerm).Select(document => new DocumentRule
            {
                Id = $"{term} {document}",
                DocumentId = $"{document}",
                Term = term,
                Impact = Impact,
            });
        }));
        return Engine.Create(name, index, query => Engine.CreateExactQuery(query).WithRules(rules, ""));
    }
}
