using System.Text.Json;

namespace LuceneLsr.Tools.Tests.Support;

/// <summary>A collection of six animals with distinct words, and word vectors for all words.</summary>
internal static class Animals
{
    private const int Dimension = 40; // enough to make random directions nearly orthogonal

    private static readonly (string Id, string Title, string Text)[] Documents =
    [
        ("cat", "Cat", "cats purr and hunt mice, and cats purr at home"),
        ("dog", "Dog", "dogs bark and guard the house, and dogs bark at night"),
        ("owl", "Owl", "owls hoot in the dark forest, and owls hunt in the dark"),
        ("whale", "Whale", "whales dive in the deep ocean, and whales sing in the deep"),
        ("bee", "Bee", "bees make honey in a hive, and bees sting to guard honey in the hive"),
        ("ant", "Ant", "ants carry leaves to the nest, and ants guard the nest"),
    ];

    private static readonly (string Id, string Text, string Animal)[] Queries =
    [
        ("q1", "purr at home", "cat"),
        ("q2", "bark at night", "dog"),
        ("q3", "hoot in the dark", "owl"),
        ("q4", "deep ocean", "whale"),
        ("q5", "honey", "bee"),
        ("q6", "honey", "bee"), // a duplicate text, as in real collections
    ];

    public static int Count => Documents.Length;

    public static IEnumerable<string> Ids => Documents.Select(animal => animal.Id);

    /// <summary>Writes the collection with judgments for training and test.</summary>
    public static void WriteCollection(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "qrels"));
        File.WriteAllLines(Path.Combine(folder, "corpus.jsonl"), Documents.Select(animal =>
            Document(animal.Id, animal.Title, animal.Text)));
        File.WriteAllLines(Path.Combine(folder, "queries.jsonl"), Queries.Select(query =>
            JsonSerializer.Serialize(new Dictionary<string, string> { ["_id"] = query.Id, ["text"] = query.Text })));
        foreach (var split in new[] { "train", "test" })
        {
            File.WriteAllLines(Path.Combine(folder, "qrels", split + ".tsv"),
                Queries.Select(query => $"{query.Id}\t{query.Animal}\t1").Prepend("query-id\tcorpus-id\tscore"));
        }
    }

    /// <summary>Writes the documents and one more line.</summary>
    public static void WriteCorpus(string folder, string lastLine)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "corpus.jsonl"),
            [.. Documents.Select(animal => Document(animal.Id, animal.Title, animal.Text)), lastLine]);
    }

    /// <summary>Writes words.txt and vectors.f16.</summary>
    public static void WriteVectors(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] words = [.. Documents
            .SelectMany(animal => $"{animal.Title} {animal.Text}".ToLowerInvariant().Split(' ', ','))
            .Where(word => word.Length > 0).Distinct()];
        var random = new Random(1);
        File.WriteAllLines(Path.Combine(folder, "words.txt"), words);
        File.WriteAllBytes(Path.Combine(folder, "vectors.f16"), [.. Enumerable.Range(0, words.Length * Dimension)
            .SelectMany(_ => BitConverter.GetBytes((Half)((2 * random.NextDouble()) - 1)))]);
    }

    public static string Document(string id, string title, string text) =>
        JsonSerializer.Serialize(new Dictionary<string, string> { ["_id"] = id, ["title"] = title, ["text"] = text });
}
