using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Teachers;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Teachers;

public sealed class TeacherVectorsTests : IDisposable
{
    private static readonly ContrastiveRecipe Recipe =
        TinyRecipe.Contrastive(new RecipeSource("s", PairKind.Titles, 1)) with { Seed = 7 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Teacher_scores_cosines_of_the_vectors_of_all_files()
    {
        VectorFiles.Write(
            _folder.File("a"), "1", ("q", TextSide.Query, [1, 0]), ("a", TextSide.Document, [0.6f, 0.8f]));
        VectorFiles.Write(
            _folder.File("a"), "2", ("b", TextSide.Document, [0, -1]), ("r", TextSide.Query, [0.8f, 0.6f]));
        using var scope = NewDisposeScope();
        var scores = new VectorTeacher(TeacherVectors.Load(_folder.File("a")), Recipe).Score(
            new TrainingBatch("s", [new("q", "a", []), new("r", "b", [])]));
        Assert.All(
            new[] { 0.6, 0, 0.96, -0.6 }.Zip(scores.data<float>().ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-3)); // F16
    }

    [Fact]
    public void Sides_of_a_text_have_vectors_of_their_own()
    {
        VectorFiles.Write(_folder.File("a"), "1", ("x", TextSide.Query, [1, 0]), ("x", TextSide.Document, [0, 1]));
        using var scope = NewDisposeScope();
        var vectors = TeacherVectors.Load(_folder.File("a"));
        Assert.Equal(2, vectors.Count);
        Assert.Equal([1, 0], vectors.Select(["x"], TextSide.Query, Recipe).data<float>().ToArray());
        Assert.Equal([0, 1], vectors.Select(["x"], TextSide.Document, Recipe).data<float>().ToArray());
    }

    [Fact]
    public void Text_without_vector_is_rejected_with_what_differs_in_the_recipe()
    {
        VectorFiles.Write(_folder.File("a"), "1", ("x", TextSide.Query, [1, 0]));
        AssertMissing(
            "its vectors are those of another recipe: seed is 7, not 1; batch_size is 4, not 2; sources is "
            + "[{\"path\":\"s\",\"kind\":\"titles\",\"share\":1,\"negatives\":0,\"scores\":null}], not []; "
            + "steps x accumulation is 10, more than 3");
    }

    [Fact]
    public void Text_without_vector_of_a_taught_recipe_is_rejected_with_other_causes()
    {
        VectorFiles.Write(_folder.File("a"), "1", ("x", TextSide.Query, [1, 0]));
        var part = VectorsPart.Load(_folder.File("a/1.safetensors"));
        (part with { Run = TaughtRun.FromRecipe(Recipe) }).Save(_folder.File("a/1.safetensors"));
        AssertMissing("the data has changed, or a shard is missing");
    }

    [Fact]
    public void Directory_without_files_has_no_vector()
    {
        var vectors = TeacherVectors.Load(_folder.File("a"));
        Assert.Equal((0, null), (vectors.Count, vectors.Teacher));
        AssertMissing("it has no vectors at all");
    }

    [Fact]
    public void Files_of_another_encoder_are_rejected()
    {
        VectorFiles.Write(_folder.File("a"), "1", ("x", TextSide.Query, [1, 0]));
        VectorFiles.Write(
            _folder.File("a"), "2", VectorFiles.Teacher with { MaxTokens = 3 }, ("y", TextSide.Query, [1, 0]));
        Assert.StartsWith(
            $"{_folder.File("a")}/2.safetensors: made by TeacherSettings", LoadError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_file_is_rejected_by_name()
    {
        VectorFiles.Write(_folder.File("a"), "1", ("x", TextSide.Query, [1, 0]));
        var path = _folder.File("a/1.safetensors");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Assert.StartsWith($"{path}: corrupt, or no vectors of a teacher: ", LoadError(), StringComparison.Ordinal);
    }

    [Fact]
    public void Safetensors_file_of_something_else_is_rejected_by_name()
    {
        using (var checkpoint = TinyCheckpoint.Create(WordTokenizer.Write(_folder.Path)))
        {
            checkpoint.Write(_folder, "a");
        }

        Assert.StartsWith(
            $"{_folder.File("a/model.safetensors")}: corrupt, or no vectors of a teacher: ", LoadError(),
            StringComparison.Ordinal);
    }

    private void AssertMissing(string cause) => Assert.StartsWith(
        $"{_folder.File("a")}: has no vector of the document 'x', because {cause}. Run lsr-train teach",
        Assert.Throws<InvalidDataException>(
            () => TeacherVectors.Load(_folder.File("a")).Select(["x"], TextSide.Document, Recipe)).Message,
        StringComparison.Ordinal);

    private string LoadError() =>
        Assert.Throws<InvalidDataException>(() => TeacherVectors.Load(_folder.File("a"))).Message;
}
