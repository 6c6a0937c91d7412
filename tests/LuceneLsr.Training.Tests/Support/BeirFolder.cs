using System.Text.Json;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Writes collections in the layout of BEIR, judged for training.</summary>
internal static class BeirFolder
{
    /// <summary>A collection of documents, without queries unless they are given.</summary>
    public static string Write(
        TemporaryFolder data, string name, IEnumerable<BeirDocument> corpus, IEnumerable<BeirQuery>? queries = null,
        params IEnumerable<Judgment> judgments)
    {
        var folder = data.File(name);
        Directory.CreateDirectory(Path.Combine(folder, "qrels"));
        File.WriteAllLines(Path.Combine(folder, "corpus.jsonl"), corpus.Select(document => JsonSerializer.Serialize(
            new Dictionary<string, string>
            {
                ["_id"] = document.Id,
                ["title"] = document.Title,
                ["text"] = document.Text
            })));
        File.WriteAllLines(Path.Combine(folder, "queries.jsonl"), (queries ?? []).Select(query =>
            JsonSerializer.Serialize(new Dictionary<string, string> { ["_id"] = query.Id, ["text"] = query.Text })));
        File.WriteAllLines(Path.Combine(folder, "qrels", "train.tsv"), judgments
            .Select(judgment => $"{judgment.QueryId}\t{judgment.DocumentId}\t{judgment.Grade}")
            .Prepend("query-id\tcorpus-id\tscore"));
        return folder;
    }

    /// <summary>A collection in which one title and one text belong together in each document.</summary>
    public static string WriteTitled(
        TemporaryFolder data, string name, params IEnumerable<(string Title, string Text)> documents) =>
        Write(data, name, documents.Select((document, index) =>
            new BeirDocument($"d{index}", document.Title, document.Text)));
}
