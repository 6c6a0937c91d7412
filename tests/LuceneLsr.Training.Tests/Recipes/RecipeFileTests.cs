using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Recipes;

public sealed class RecipeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ToJson_of_a_loaded_recipe_loads_as_an_equal_recipe()
    {
        AssertRoundTrip<ContrastiveRecipe>(RecipeJson.Contrastive);
        AssertRoundTrip<LanguageModelRecipe>(RecipeJson.LanguageModel);

        void AssertRoundTrip<T>(string json)
            where T : RunRecipe
        {
            var recipe = Load<T>(json);
            var written = RecipeFile.ToJson(recipe);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(written)), written);
            Assert.Equivalent(recipe, Load<T>(written), strict: true);
        }
    }

    [Fact]
    public void ToJson_writes_every_field_including_defaults()
    {
        var written = JsonNode.Parse(
            RecipeFile.ToJson(TinyRecipe.Contrastive(new RecipeSource("a", PairKind.Titles, 1))));
        Assert.Equal(
            JsonNode.Parse(RecipeJson.Contrastive)!.AsObject().Select(field => field.Key).Order(),
            written!.AsObject().Select(field => field.Key).Order());
        Assert.Equal("linear", (string)written["optimizer"]!["decay"]!);
        Assert.Equal(0, (int)written["top_terms"]!);
    }

    [Fact]
    public void Load_accepts_comments_and_trailing_commas() => Assert.Equal(300, Load<LanguageModelRecipe>(
        "// a note\n" + RecipeJson.LanguageModel.Replace(
            "\"b.jsonl.gz\"]", "\"b.jsonl.gz\", /* more */],", StringComparison.Ordinal)).Steps);

    [Fact]
    public void Load_of_a_directory_throws() => Assert.Equal(
        $"{_folder.Path} is a directory. Specify a recipe file.",
        Assert.Throws<InvalidDataException>(() => RecipeFile.Load<ContrastiveRecipe>(_folder.Path)).Message);

    [Theory]
    [InlineData("steps=900", "steps", "900")]
    [InlineData("optimizer.layer_learning_rate=1e-5", "optimizer.layer_learning_rate", "1e-5")]
    [InlineData("optimizer.decay=linear", "optimizer.decay", "\"linear\"")]
    [InlineData("sources.1.share=3", "sources.1.share", "3")]
    [InlineData("sources.2.path=new=er.jsonl", "sources.2.path", "\"new=er.jsonl\"")]
    [InlineData("sources.2.path=\"7\"", "sources.2.path", "\"7\"")] // a string that looks like a number
    [InlineData("activation_checkpointing=false", "activation_checkpointing", "false")]
    [InlineData("top_terms=5", "top_terms", "5")]
    [InlineData("lora=null", "lora", "null")]
    [InlineData("regularizers=[]", "regularizers", "[]")]
    [InlineData("losses.1={\"kind\": \"kl\", \"weight\": 2, \"temperature\": 1}", "losses.1.weight", "2")]
    public void Load_with_an_override_replaces_the_field(string text, string field, string value)
    {
        var written = JsonNode.Parse(RecipeFile.ToJson(Load<ContrastiveRecipe>(RecipeJson.Contrastive, text)));
        var actual = field.Split('.').Aggregate(
            written, (node, step) => int.TryParse(step, out var index) ? node![index] : node![step]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(value), actual), actual?.ToJsonString());
    }

    [Fact]
    public void Load_with_an_override_sets_a_field_that_the_file_omits() => Assert.Equal(3, Load<LanguageModelRecipe>(
        JsonMutations.With(RecipeJson.LanguageModel, "accumulation", null), "accumulation=3").Accumulation);

    [Fact]
    public void Load_with_two_overrides_of_a_field_uses_the_last() =>
        Assert.Equal(7, Load<LanguageModelRecipe>(RecipeJson.LanguageModel, "steps=6", "steps=7").Steps);

    [Theory]
    [InlineData("steps", "override 'steps' must have the form field=value, such as steps=100.")]
    [InlineData("=5", "override '=5' must have the form field=value, such as steps=100.")]
    [InlineData("optimizer.=5", "override 'optimizer.=5' must have the form field=value, such as steps=100.")]
    [InlineData("sources.3.share=2", "override 'sources.3.share=2': the recipe has no field 'sources.3'.")]
    [InlineData("sources.-1.share=2", "override 'sources.-1.share=2': the recipe has no field 'sources.-1'.")]
    [InlineData("sources.3=2", "override 'sources.3=2': the recipe has no field 'sources.3'.")]
    [InlineData("sources.first.share=2", "override 'sources.first.share=2': the recipe has no field 'sources.first'.")]
    [InlineData("adapter.rank=2", "override 'adapter.rank=2': the recipe has no field 'adapter'.")]
    [InlineData("steps.more=2", "override 'steps.more=2': the recipe has no field 'steps.more'.")]
    [InlineData("learning_rate=1", "unknown field 'learning_rate'. Correct its name, or remove it.")]
    [InlineData("optimizer.rate=1", "unknown field 'optimizer.rate'. Correct its name, or remove it.")]
    [InlineData("steps=0", "steps must be positive.")]
    [InlineData("optimizer.layer_learning_rate=1e300", "optimizer.layer_learning_rate must be")]
    [InlineData("losses.0.temperature=1e-300", "losses[0].temperature must be finite and positive.")]
    [InlineData("optimizer={\"warmup_steps\": 1, \"warmup_steps\": 2}", "field 'optimizer' is ")]
    public void Load_with_an_invalid_override_throws(string text, string message) =>
        AssertThrows<ContrastiveRecipe>(RecipeJson.Contrastive, message, text);

    [Theory]
    [InlineData("steps", "1.5", "field 'steps' is 1.5, but must be an integer below 2^31.")]
    [InlineData("steps", "99999999999", "field 'steps' is 99999999999, but must be an integer below 2^31.")]
    [InlineData("seed", "null", "field 'seed' is null, but must be an integer below 2^31.")]
    [InlineData("cache_chunk", "\"all\"", "field 'cache_chunk' is \"all\", but must be an integer below 2^31.")]
    [InlineData("activation_checkpointing", "1", "field 'activation_checkpointing' is 1, but must be true or false.")]
    [InlineData("compute", "\"fp16\"", "field 'compute' is \"fp16\", but must be \"float32\" or \"bfloat16\".")]
    [InlineData("compute", "1", "field 'compute' is 1, but must be \"float32\" or \"bfloat16\".")]
    [InlineData("optimizer", "null", "field 'optimizer' is null, but must be an object.")]
    [InlineData("lora", "8", "field 'lora' is 8, but must be an object.")]
    [InlineData("lora", "{\"rank\": 8}", "field 'lora' must have 'alpha'.")]
    [InlineData("query_table", "{}", "field 'query_table' must have 'learning_rate'.")]
    [InlineData("query_table", "{\"learning_rate\": \"1\"}",
        "field 'query_table.learning_rate' is \"1\", but must be a number.")]
    [InlineData("top_terms", "{\"query\": 1}", "field 'top_terms' must have 'document'.")]
    [InlineData("top_terms", "\"all\"",
        "field 'top_terms' is \"all\", but must be an integer below 2^31, or {\"query\": …, \"document\": …}.")]
    [InlineData("top_terms", "{\"query\": 1, \"documents\": 2}",
        "unknown field 'top_terms.documents'. Correct its name, or remove it.")]
    [InlineData("sources", "null", "field 'sources' is null, but must be an array.")]
    [InlineData("sources", "\"scifact\"", "field 'sources' is \"scifact\", but must be an array.")]
    [InlineData("sources", "[{\"path\": 1, \"kind\": \"titles\", \"share\": 1}]",
        "field 'sources[0].path' is 1, but must be a string.")]
    [InlineData("sources", "[{\"path\": \"a\", \"kind\": \"web\", \"share\": 1}]",
        "field 'sources[0].kind' is \"web\", but must be "
        + "\"judged\" or \"titles\" or \"sentences\" or \"pairs\" or \"triples\".")]
    [InlineData("losses", "[{\"kind\": \"kl\"}, {}]", "field 'losses[1]' must have 'kind'.")]
    [InlineData("losses", "[{\"kind\": 0}]",
        "field 'losses[0].kind' is 0, but must be \"info_nce\" or \"kl\" or \"margin_mse\" or \"in_batch_kl\" "
        + "or \"in_batch_margin_mse\".")]
    [InlineData("regularizers", "[{\"kind\": \"l1\", \"side\": \"both\", \"weight\": 1}]",
        "field 'regularizers[0].side' is \"both\", but must be \"query\" or \"document\".")]
    public void Load_of_a_field_of_another_type_reports_the_expected_type(string field, string value, string message) =>
        AssertThrows<ContrastiveRecipe>(JsonMutations.With(RecipeJson.Contrastive, field, value), message);

    [Theory]
    [InlineData("", "not valid JSON in line 1, byte 1: The input does not contain any JSON")]
    [InlineData("null", "a recipe must be a JSON object.")]
    [InlineData("[]", "a recipe must be a JSON object.")]
    [InlineData("{}", "the file must have 'query_tokens', 'document_tokens', 'losses', 'regularizers', 'sources'")]
    [InlineData("{", "not valid JSON in line 1, byte 2: Expected depth to be zero")]
    [InlineData("{\n  \"steps\": x\n}", "not valid JSON in line 2, byte 12: 'x' is an invalid start of a value.")]
    [InlineData("{\"steps\": 1, \"steps\": 2}", "not valid JSON: Duplicate property 'steps'")]
    public void Load_of_a_file_that_is_not_a_recipe_throws(string json, string message) =>
        AssertThrows<ContrastiveRecipe>(json, message);

    [Fact]
    public void Load_of_mutated_fields_succeeds_or_reports_the_file()
    {
        AssertAll<ContrastiveRecipe>(RecipeJson.Contrastive);
        AssertAll<LanguageModelRecipe>(RecipeJson.LanguageModel);

        void AssertAll<T>(string recipe)
            where T : RunRecipe => Assert.All(JsonMutations.Create(recipe), json =>
        {
            try
            {
                Load<T>(json);
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith($"{_folder.File("recipe.json")}: ", exception.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("System.", exception.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("LuceneLsr.", exception.Message, StringComparison.Ordinal);
            }
        });
    }

    [Theory]
    [InlineData("causal.json")]
    [InlineData("contrastive.json")]
    [InlineData("english.json")]
    [InlineData("claims/minilm.json")]
    [InlineData("claims/pairs.json")]
    [InlineData("claims/scifact.json")]
    public void Shipped_contrastive_recipe_equals_its_written_copy(string name) =>
        AssertShipped<ContrastiveRecipe>(name);

    [Theory]
    [InlineData("adapt.json")]
    [InlineData("pretrain.json")]
    [InlineData("claims/adapt.json")]
    [InlineData("claims/adapt-minilm.json")]
    public void Shipped_language_model_recipe_equals_its_written_copy(string name) =>
        AssertShipped<LanguageModelRecipe>(name);

    private void AssertShipped<T>(string name)
        where T : RunRecipe
    {
        var recipe = RecipeFile.Load<T>(Path.Combine(AppContext.BaseDirectory, "Recipes", name));
        Assert.Equivalent(recipe, Load<T>(RecipeFile.ToJson(recipe)), strict: true);
    }

    private T Load<T>(string json, params string[] overrides)
        where T : RunRecipe => RecipeFile.Load<T>(_folder.Write("recipe.json", json), overrides);

    private void AssertThrows<T>(string json, string message, params string[] overrides)
        where T : RunRecipe => Assert.StartsWith(
        $"{_folder.File("recipe.json")}: {message}",
        Assert.Throws<InvalidDataException>(() => Load<T>(json, overrides)).Message, StringComparison.Ordinal);
}
