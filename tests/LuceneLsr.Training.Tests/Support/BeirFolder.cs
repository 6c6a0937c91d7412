using System.Text.Json;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Writes collections in BEIR layout with training judgments.</summary>
internal static class BeirFolder
{
    /// <summary>Writes a collection; it has no queries by default.</summary>
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

    /// <summary>Writes a collection of documents with titles.</summary>
    public static string WriteTitled(
        TemporaryFolder data, string name, params IEnumerable<(string Title, string Text)> documents) =>
        Write(data, name, documents.Select((document, index) =>
            new BeirDocument($"d{index}", document.Title, document.Text)));
}
