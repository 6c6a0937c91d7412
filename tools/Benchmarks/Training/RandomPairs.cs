using System.Text.Json;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>
/// A temporary BEIR folder whose texts are random letters. The byte tokenizer turns each letter into one token, so all
/// texts of a side have the same length. Disposing it deletes the folder.
/// </summary>
internal sealed class RandomPairs : IDisposable
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lsr-bench-");

    /// <summary>Writes the folder.</summary>
    /// <param name="count">The number of documents.</param>
    /// <param name="titleLength">The number of letters of a title, which is the query of its document.</param>
    /// <param name="textLength">The number of letters of a text.</param>
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
