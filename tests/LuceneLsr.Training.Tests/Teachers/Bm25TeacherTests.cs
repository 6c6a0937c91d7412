using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Teachers;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Teachers;

public class Bm25TeacherTests
{
    /// <summary>
    /// idf tf (k1 + 1) / (tf + k1 (1 - b + b length / average)) with N = 3, df = 2 for red and an average length of 2.
    /// </summary>
    [Fact]
    public void Score_matches_the_formula()
    {
        var scores = Score(["red blue", "red", "blue pink grey"], ["the reds", "red red"], ["red red blue", "pink"]);
        var red = Math.Log(1 + (1.5 / 2.5)) * 2 * 1.9 / (2 + (0.9 * (0.6 + (0.4 * 3 / 2))));
        Assert.Equal(red, scores[0][0], 1e-6);
        Assert.Equal(2 * red, scores[1][0], 1e-6);
        Assert.Equal([0, 0], [scores[0][1], scores[1][1]]);
    }

    [Fact]
    public void Words_that_the_sample_lacks_are_the_rarest()
    {
        var scores = Score(["red", "blue"], ["red", "new"], ["red", "new"]);
        Assert.Equal(Math.Log(1 + (2.5 / 0.5)), scores[1][1], 1e-6);
        Assert.True(scores[1][1] > scores[0][0]);
    }

    /// <summary>With lengths of 4, which Lucene stores without loss.</summary>
    [Fact]
    public void Score_matches_index_of_the_sample()
    {
        string[] documents = ["red red blue pink", "blue pink grey lime", "gold lime pink teal"];
        string[] queries = ["pink limes", "blue red blue", "teal"];
        var scores = Score(documents, queries, documents);
        using var index = new Bm25Index(documents.Index().Select(pair => ($"{pair.Index}", pair.Item)));
        foreach (var (query, text) in queries.Index())
        {
            Assert.Equal(
                index.Search(text, 3).OrderBy(hit => hit.DocumentId).Select(hit => Math.Round(hit.Score, 4)),
                scores[query].Where(score => score > 0).Select(score => Math.Round(score, 4)));
        }
    }

    [Fact]
    public void Sample_of_stop_words_scores_finitely() =>
        Assert.True(double.IsFinite(Score(["the", "a"], ["red"], ["red", "the"])[0][0]));

    private static double[][] Score(string[] sample, string[] queries, string[] documents)
    {
        using var scope = NewDisposeScope();
        var pairs = queries.Select((query, index) => new TrainingPair(query, documents[index % documents.Length], [])
        {
            Negatives = documents,
        });
        var scores = new Bm25Teacher(sample).Score(new TrainingBatch("a", [.. pairs]));
        return [.. scores.data<float>().ToArray().Select(score => (double)score).Chunk(documents.Length)];
    }
}
