using System.Text.Json;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>
/// A BEIR folder of random letters, deleted in the end. A letter is a token to a tokenizer of bytes, so that all texts
/// of a side are of one length.
/// </summary>
internal sealed class RandomPairs : IDisposable
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lsr-bench-");

    /// <summary>Writes the folder.</summary>
    /// <param name="count">Documents.</param>
    /// <param name="titleLength">Letters of a title, which is a query.</param>
    /// <param name="textLength">Letters of a text.</param>
    public RandomPairs(int count, int titleLength, int textLength)
    {
        var random = new Random(count);
        File.WriteAllLines(
            System.IO.Path.Combine(Path, "corpus.jsonl"),
            Enumerable.Range(0, count).Select(id => JsonSerializer.Serialize(new
            {
                _id = $"{id}",
                title = random.GetString(Letters, titleLength),
                text = random.GetString(Letters, textLength),
            })));
    }

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
