using LuceneLsr.Files;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Teachers;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Teachers;

/// <summary>The encoder's vector of a text is its length and 1 for a query or 2 for a document, normalized.</summary>
public sealed class TeacherVectorsWriterTests : IDisposable
{
    private static readonly ContrastiveRecipe Recipe = TinyRecipe.Contrastive(
        new RecipeSource("numbers", PairKind.Titles, 1),
        new RecipeSource("hard", PairKind.Titles, 1, Negatives: 2)) with { BatchSize = 2, Steps = 3, Accumulation = 2 };

    private readonly TemporaryFolder _folder = new();
    private readonly LengthEncoder _encoder = new();

    public TeacherVectorsWriterTests() => TinyRun.WriteData(_folder);

    public void Dispose()
    {
        _encoder.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_text_of_the_runs_batches_has_its_vector()
    {
        var progress = Write(Recipe);
        var vectors = TeacherVectors.Load(_folder.File("teacher"));
        Assert.Equal((1, vectors.Count, 0), (progress.Share, progress.Encoded, progress.Skipped));
        using var scope = NewDisposeScope();
        using var sampler = new BatchSampler(Recipe, _folder.Path);
        for (var batch = 0; batch < 6; batch++)
        {
            var texts = sampler.Next();
            AssertVectors(texts.Queries, TextSide.Query);
            AssertVectors(texts.Documents, TextSide.Document);
        }

        void AssertVectors(IReadOnlyList<string> texts, TextSide side) => Assert.All(
            texts.SelectMany(text => LengthEncoder.Encode(text, side))
                .Zip(vectors.Select(texts, side, Recipe).data<float>().ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Fact]
    public void Each_distinct_text_of_a_side_is_encoded_once()
    {
        Write(Recipe);
        Assert.Equal(_encoder.Encoded.Distinct().Order(), _encoder.Encoded.Order());
        Assert.Equal(
            RunText.ReadDistinct(Recipe, _folder.Path).Select(text => (text.Side, text.Text)).Order(),
            _encoder.Encoded.Order());
    }

    [Fact]
    public void Second_run_skips_texts_that_have_vectors_and_adds_others()
    {
        var first = Write(Recipe with { Steps = 1 });
        var known = _encoder.Encoded.ToHashSet();
        _encoder.Encoded.Clear();
        var second = Write(Recipe);
        Assert.Equal(first.Encoded, second.Skipped);
        Assert.DoesNotContain(_encoder.Encoded, known.Contains);
        var total = RunText.ReadDistinct(Recipe, _folder.Path).Count();
        Assert.Equal(total, first.Encoded + second.Encoded);
        Assert.Equal(total, TeacherVectors.Load(_folder.File("teacher")).Count);
        Assert.Equal(0, Write(Recipe).Encoded);
    }

    [Fact]
    public void Shards_encode_every_text_between_them()
    {
        int[] counts = [.. Enumerable.Range(1, 3).Select(number => Write(Recipe, new Shard(number, 3)).Encoded)];
        Assert.Equal(_encoder.Encoded.Distinct().Count(), counts.Sum());
        Assert.True(counts.Max() - counts.Min() <= 1);
        Assert.Equal(counts.Sum(), TeacherVectors.Load(_folder.File("teacher")).Count);
    }

    [Fact]
    public void Vectors_computed_before_a_failure_are_kept()
    {
        _encoder.FailAt = TextSide.Document; // queries come first
        Assert.Throws<IOException>(() => Write(Recipe));
        var kept = TeacherVectors.Load(_folder.File("teacher")).Count;
        Assert.Equal(_encoder.Encoded.Count, kept);
        Assert.True(kept > 0);
        _encoder.FailAt = null;
        Assert.Equal(kept, Write(Recipe).Skipped);
    }

    [Fact]
    public void Directory_of_another_encoder_is_rejected()
    {
        Write(Recipe);
        var other = VectorFiles.Teacher with { Pooling = "cls" };
        Assert.StartsWith(
            $"{_folder.File("teacher")}: has vectors of TeacherSettings",
            Assert.Throws<InvalidDataException>(
                () => new TeacherVectorsWriter(_encoder, other, _folder.File("teacher"), Shard.Whole)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Vector_that_is_not_finite_is_rejected_by_text()
    {
        _encoder.Factor = float.NaN;
        Assert.StartsWith(
            "The vector of '", Assert.Throws<InvalidDataException>(() => Write(Recipe)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_depends_on_names_and_contents_of_all_files()
    {
        string[] fingerprints =
        [
            Fingerprint("a", ("x", "1"), ("y/z", "2")), Fingerprint("b", ("y/z", "2"), ("x", "1")),
            Fingerprint("c", ("x", "2"), ("y/z", "1")), Fingerprint("d", ("x", "1"), ("z", "2")),
        ];
        Assert.Equal(fingerprints[0], fingerprints[1]);
        Assert.Equal(3, fingerprints.Distinct().Count());

        string Fingerprint(string directory, params (string Name, string Text)[] files)
        {
            foreach (var (name, text) in files)
            {
                _folder.Write($"{directory}/{name}", text);
            }

            return DirectoryFingerprint.Compute(_folder.File(directory));
        }
    }

    private TeachingProgress Write(ContrastiveRecipe recipe, Shard? shard = null) =>
        new TeacherVectorsWriter(_encoder, VectorFiles.Teacher, _folder.File("teacher"), shard ?? Shard.Whole)
            .Write(recipe, _folder.Path, onProgress: null, TestContext.Current.CancellationToken);

    private sealed class LengthEncoder : IDenseEncoder
    {
        public List<(TextSide Side, string Text)> Encoded { get; } = [];

        public TextSide? FailAt { get; set; }

        public float Factor { get; set; } = 1;

        public static float[] Encode(string text, TextSide side)
        {
            float[] vector = [text.Length, side == TextSide.Query ? 1 : 2];
            var norm = MathF.Sqrt(vector.Sum(value => value * value));
            return [.. vector.Select(value => value / norm)];
        }

        public IReadOnlyList<float[]> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
        {
            if (side == FailAt)
            {
                throw new IOException("full");
            }

            Encoded.AddRange(texts.Select(text => (side, text)));
            return [.. texts.Select(text => Encode(text, side).Select(value => value * Factor).ToArray())];
        }

        public void Dispose()
        {
        }
    }
}
