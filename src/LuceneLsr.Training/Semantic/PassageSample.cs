using LuceneLsr.Training.Lexical;

namespace LuceneLsr.Training.Semantic;

/// <summary>
/// A random sample of the passages of texts that are read for another purpose (Vitter's algorithm R). The same texts
/// give the same sample.
/// </summary>
/// <param name="size">The number of passages; fewer if the texts have fewer.</param>
internal sealed class PassageSample(int size)
{
    private readonly Random _random = new(0);
    private readonly List<string> _passages = [];
    private int _seen;

    /// <summary>Gets the sample of the texts read so far.</summary>
    public IReadOnlyList<string> Passages => _passages;

    /// <summary>Returns the same texts, and samples their passages as they are read.</summary>
    public IEnumerable<string> Collect(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            foreach (var passage in PassageStatistics.Split(text))
            {
                Add(passage);
            }

            yield return text;
        }
    }

    private void Add(string passage)
    {
        _seen++;
        if (_passages.Count < size)
        {
            _passages.Add(passage);
        }
        else if (_random.Next(_seen) is var place && place < size)
        {
            _passages[place] = passage;
        }
    }
}
