using System.Text.Json;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

public sealed class TermSupervisionTests : IDisposable
{
    private static readonly string[] Words = ["eins", "zwei", "drei", "vier", "one", "two", "three", "four"];

    private static readonly ContrastiveRecipe Recipe =
        TinyRecipe.Contrastive(new RecipeSource("numbers", PairKind.Titles, 1)) with
        {
            Steps = 80,
            TermTargets = new("targets.jsonl"),
        };

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;

    public TermSupervisionTests()
    {
        BeirFolder.WriteTitled(_folder, "numbers", Words.Take(4).Zip(Words.Skip(4)));
        _tokenizer = WordTokenizer.Write(_folder.Path, Words);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_moves_terms_of_both_sides_to_their_targets()
    {
        using var checkpoint = Create();
        var start = Encode(checkpoint, "eins zwei");
        var present = start.MaxBy(term => term.Value).Key;
        var missing = Words.First(word => !start.ContainsKey(word));
        WriteTargets(
            Line("query", "eins zwei", (present, 0), (missing, 0.7)), Line("document", "three", (missing, 0.4)));
        var steps = Run(checkpoint, Recipe);
        Assert.InRange(steps[^1].Figure("term_targets"), 0, steps[0].Figure("term_targets") / 20);
        var (query, document) = (Encode(checkpoint, "eins zwei"), Encode(checkpoint, "three"));
        Assert.Equal(0, query.GetValueOrDefault(present), 0.05);
        Assert.Equal(0.7, query[missing], 0.1);
        Assert.Equal(0.4, document[missing], 0.1);
    }

    [Fact]
    public void First_step_reports_the_squared_error_of_the_start()
    {
        using var checkpoint = Create();
        var weights = Encode(checkpoint, "eins zwei");
        var (term, weight) = weights.MaxBy(entry => entry.Value);
        WriteTargets(Line("query", "eins zwei", (term, 3)));
        var step = Run(checkpoint, Recipe with { Steps = 1 }).Single();
        Assert.Equal(Math.Pow(3 - weight, 2), step.Figure("term_targets"), 1e-4);
    }

    [Fact]
    public void Model_learns_what_lexical_weights_leave_of_a_target()
    {
        using var checkpoint = Create(new Dictionary<string, float> { ["eins"] = 1 });
        WriteTargets(Line("query", "eins", ("eins", 1.5)));
        var step = Run(checkpoint, Recipe with { Steps = 1 }).Single();
        using var plain = Create();
        Assert.Equal(
            Math.Pow(0.5 - ContinuedWeight(plain, "eins"), 2), step.Figure("term_targets"), 1e-4);
    }

    [Fact]
    public void Rows_of_one_term_have_the_target_of_their_maximum()
    {
        string?[] terms = [.. Enumerable.Range(0, _tokenizer.VocabularySize).Select(row => row % 2 == 0 ? "even" : "odd")];
        using var checkpoint = TinyCheckpoint.Create(_tokenizer, new TermVocabulary(terms));
        WriteTargets(Line("query", "eins", ("odd", 2)));
        var largest = DenseArithmetic.Weights(checkpoint, ["eins"], 16)[0].Where((_, row) => row % 2 == 1).Max();
        Assert.True(largest > 0);
        var step = Run(checkpoint, Recipe with { Steps = 1 }).Single();
        Assert.Equal(Math.Pow(2 - largest, 2), step.Figure("term_targets"), 1e-4);
    }

    [Fact]
    public void Targets_that_cannot_be_trained_are_rejected()
    {
        using var checkpoint = Create();
        WriteTargets(Line("query", "eins", ("unknown", 1)));
        AssertRejected("'unknown' is not a term of the model's head", Recipe);
        WriteTargets(Line("query", "eins", ("eins", 1)));
        AssertRejected("query_table replaces the model", Recipe with { QueryTable = new(LearningRate: 0.05) });
        Assert.Single(
            Run(checkpoint, Recipe with { Steps = 1, QueryTable = new(LearningRate: 0.05, WithModel: true) }));

        void AssertRejected(string reason, ContrastiveRecipe recipe) => Assert.Contains(
            reason, Assert.Throws<InvalidDataException>(() => Run(checkpoint, recipe)).Message,
            StringComparison.Ordinal);
    }

    private static string Line(string side, string text, params (string Term, double Weight)[] targets) =>
        JsonSerializer.Serialize(new
        {
            side, text, targets = targets.ToDictionary(target => target.Term, target => target.Weight),
        });

    // The weights of the words; the head has rows of letters, too.
    private static Dictionary<string, double> Encode(Checkpoint checkpoint, string text) =>
        DenseArithmetic.Weights(checkpoint, [text], 16)[0].Index()
            .Where(row => row.Item > 0 && Words.Contains(checkpoint.Terms[row.Index], StringComparer.Ordinal))
            .ToDictionary(row => checkpoint.Terms[row.Index]!, row => row.Item, StringComparer.Ordinal);

    // The weight of a word's own term: below zero, the logit.
    private static double ContinuedWeight(Checkpoint checkpoint, string word)
    {
        var token = checkpoint.Tokenizer.Id(word);
        var logit = DenseArithmetic.Logits(checkpoint, [token])[0][token];
        return logit > 0 ? Math.Log(1 + logit) : logit;
    }

    private void WriteTargets(params string[] lines) => _folder.WriteLines("targets.jsonl", lines);

    private Checkpoint Create(Dictionary<string, float>? lexicalWeights = null)
    {
        var settings = new LsrSettings { MaxTerms = new(1000, 1000) };
        var checkpoint = TinyCheckpoint.Create(_tokenizer, settings: settings);
        if (lexicalWeights is null)
        {
            return checkpoint;
        }

        using (checkpoint)
        {
            var directory = checkpoint.Write(_folder, "lexical");
            File.WriteAllLines(
                Path.Combine(directory, LexicalWeights.FileName), lexicalWeights.Select(term => $"{term.Key}\t{term.Value}"));
            return Checkpoint.Load(directory);
        }
    }

    private List<TrainingStep> Run(Checkpoint checkpoint, ContrastiveRecipe recipe)
    {
        using var run = TrainingRun.Open(checkpoint, recipe, _folder.Path, CPU);
        return [.. run.TakeSteps(TestContext.Current.CancellationToken)];
    }
}
