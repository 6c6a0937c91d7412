using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Damage;

/// <summary>Documents, queries and judgments in the layout of BEIR.</summary>
internal sealed class CollectionKind(string name) : DamageKind(name)
{
    private static readonly string[] Names =
        ["corpus.jsonl", "queries.jsonl", Path.Combine("qrels", "test.tsv")];

    public override void Write(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "qrels"));
        foreach (var name in Names)
        {
            File.Copy(Path.Combine(Programs.Collections, "debian-packages", name), Path.Combine(folder, name));
        }
    }

    public override IEnumerable<string> ListFiles(string folder) => Names.Select(name => Path.Combine(folder, name));

    public override string Read(string folder)
    {
        var collection = BeirCollection.Load(folder, "test");
        return string.Join('\n', collection.Corpus.Select(document => $"{document.Id} {document.Contents}")
            .Concat(collection.Queries.Select(query => $"{query.Id} {query.Text}"))
            .Concat(collection.Qrels.QueryIds.Order(StringComparer.Ordinal)));
    }

    public override bool IsExpected(Exception exception) => exception is InvalidDataException;
}
