using System.CommandLine;
using LuceneLsr.Tools.Benchmarks;
using LuceneLsr.Tools.Shared;

Option<int> documents = new("--documents") { Description = "Documents to index.", DefaultValueFactory = _ => 100_000 };
Option<int> queries = new("--queries") { Description = "Queries to measure.", DefaultValueFactory = _ => 200 };
Option<int> rounds = new("--rounds") { Description = "Times that each query runs.", DefaultValueFactory = _ => 5 };
var root = new RootCommand(
    "Times queries on synthetic vectors, every engine as a ratio to Lucene's BooleanQuery in the same run. "
    + "Results are compared hit by hit before a time is printed.")
{
    documents, queries, rounds,
};
root.SetWork((parsed, cancellation) => QueryBenchmark.Run(
    parsed.GetValue(documents), parsed.GetValue(queries), parsed.GetValue(rounds), cancellation));
return await CleanExit.RunAsync(root, args).ConfigureAwait(false);
