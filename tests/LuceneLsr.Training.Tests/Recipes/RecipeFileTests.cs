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
    public void What_is_written_is_read_again()
    {
        AssertReadAgain<ContrastiveRecipe>(RecipeJson.Contrastive);
        AssertReadAgain<LanguageModelRecipe>(RecipeJson.LanguageModel);

        void AssertReadAgain<T>(string json)
            where T : RunRecipe
        {
            var recipe = Load<T>(json);
            var written = RecipeFile.ToJson(recipe);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(written)), written);
            Assert.Equivalent(recipe, Load<T>(written), strict: true);
        }
    }

    [Fact]
    public void Every_setting_is_written_those_at_their_defaults_too()
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
    public void Comments_and_trailing_commas_are_read() => Assert.Equal(300, Load<LanguageModelRecipe>(
        "// a note\n" + RecipeJson.LanguageModel.Replace(
            "\"b.jsonl.gz\"]", "\"b.jsonl.gz\", /* more */],", StringComparison.Ordinal)).Steps);

    [Fact]
    public void A_directory_is_no_recipe() => Assert.Equal(
        $"{_folder.Path} is a directory; name the recipe's file.",
        Assert.Throws<InvalidDataException>(() => RecipeFile.Load<ContrastiveRecipe>(_folder.Path)).Message);

    [Theory]
    [InlineData("steps=900", "steps", "900")]
    [InlineData("optimizer.layer_learning_rate=1e-5", "optimizer.layer_learning_rate", "1e-5")]
    [InlineData("optimizer.decay=linear", "optimizer.decay", "\"linear\"")]
    [InlineData("sources.1.share=3", "sources.1.share", "3")]
    [InlineData("sources.2.path=new=er.jsonl", "sources.2.path", "\"new=er.jsonl\"")]
    [InlineData("sources.2.path=\"7\"", "sources.2.path", "\"7\"")] // a name that reads like a number
    [InlineData("activation_checkpointing=false", "activation_checkpointing", "false")]
    [InlineData("top_terms=5", "top_terms", "5")]
    [InlineData("lora=null", "lora", "null")]
    [InlineData("regularizers=[]", "regularizers", "[]")]
    [InlineData("losses.1={\"kind\": \"kl\", \"weight\": 2, \"temperature\": 1}", "losses.1.weight", "2")]
    public void An_override_takes_the_place_of_a_field(string text, string field, string value)
    {
        var written = JsonNode.Parse(RecipeFile.ToJson(Load<ContrastiveRecipe>(RecipeJson.Contrastive, text)));
        var at = field.Split('.').Aggregate(
            written, (node, step) => int.TryParse(step, out var index) ? node![index] : node![step]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(value), at), at?.ToJsonString());
    }

    [Fact]
    public void An_override_may_set_what_the_file_leaves_out() => Assert.Equal(3, Load<LanguageModelRecipe>(
        JsonMutations.With(RecipeJson.LanguageModel, "accumulation", null), "accumulation=3").Accumulation);

    [Fact]
    public void The_last_override_of_a_field_counts() =>
        Assert.Equal(7, Load<LanguageModelRecipe>(RecipeJson.LanguageModel, "steps=6", "steps=7").Steps);

    [Theory]
    [InlineData("steps", "'steps' is no override: write field=value, as in steps=100.")]
    [InlineData("=5", "'=5' is no override: write field=value, as in steps=100.")]
    [InlineData("optimizer.=5", "'optimizer.=5' is no override: write field=value, as in steps=100.")]
    [InlineData("sources.3.share=2", "'sources.3.share=2': the recipe has no '3' to change.")]
    [InlineData("sources.-1.share=2", "'sources.-1.share=2': the recipe has no '-1' to change.")]
    [InlineData("sources.3=2", "'sources.3=2': the recipe has no '3' to change.")]
    [InlineData("sources.first.share=2", "'sources.first.share=2': the recipe has no 'first' to change.")]
    [InlineData("adapter.rank=2", "'adapter.rank=2': the recipe has no 'adapter' to change.")]
    [InlineData("steps.more=2", "'steps.more=2': the recipe has no 'more' to change.")]
    [InlineData("learning_rate=1", "there is no field 'learning_rate'. Correct its name, or leave it out.")]
    [InlineData("optimizer.rate=1", "there is no field 'optimizer.rate'. Correct its name, or leave it out.")]
    [InlineData("steps=0", "steps must be above zero.")]
    [InlineData("optimizer.layer_learning_rate=1e300", "optimizer.embedding_learning_rate and")]
    [InlineData("losses.0.temperature=1e-300", "each loss's weight and temperature must be finite and above zero.")]
    [InlineData("optimizer={\"warmup_steps\": 1, \"warmup_steps\": 2}", "field 'optimizer' is ")]
    public void A_bad_override_is_refused(string text, string message) =>
        AssertRefused<ContrastiveRecipe>(RecipeJson.Contrastive, message, text);

    [Theory]
    [InlineData("steps", "1.5", "field 'steps' is 1.5, but must be a whole number below 2^31.")]
    [InlineData("steps", "99999999999", "field 'steps' is 99999999999, but must be a whole number below 2^31.")]
    [InlineData("seed", "null", "field 'seed' is null, but must be a whole number below 2^31.")]
    [InlineData("cache_chunk", "\"all\"", "field 'cache_chunk' is \"all\", but must be a whole number below 2^31.")]
    [InlineData("activation_checkpointing", "1", "field 'activation_checkpointing' is 1, but must be true or false.")]
    [InlineData("compute", "\"fp16\"", "field 'compute' is \"fp16\", but must be \"float32\" or \"bfloat16\".")]
    [InlineData("compute", "1", "field 'compute' is 1, but must be \"float32\" or \"bfloat16\".")]
    [InlineData("optimizer", "null", "field 'optimizer' is null, but must be an object.")]
    [InlineData("lora", "8", "field 'lora' is 8, but must be an object.")]
    [InlineData("lora", "{\"rank\": 8}", "field 'lora' lacks 'alpha'.")]
    [InlineData("query_table", "{}", "field 'query_table' lacks 'learning_rate'.")]
    [InlineData("query_table", "{\"learning_rate\": \"1\"}",
        "field 'query_table.learning_rate' is \"1\", but must be a number.")]
    [InlineData("top_terms", "{\"query\": 1}", "field 'top_terms' lacks 'document'.")]
    [InlineData("top_terms", "\"all\"",
        "field 'top_terms' is \"all\", but must be one value for both sides, or {\"query\": …, \"document\": …}.")]
    [InlineData("top_terms", "{\"query\": 1, \"documents\": 2}",
        "there is no field 'top_terms.documents'. Correct its name, or leave it out.")]
    [InlineData("sources", "null", "field 'sources' is null, but must be a list.")]
    [InlineData("sources", "\"scifact\"", "field 'sources' is \"scifact\", but must be a list.")]
    [InlineData("sources", "[{\"path\": 1, \"kind\": \"titles\", \"share\": 1}]",
        "field 'sources[0].path' is 1, but must be text.")]
    [InlineData("sources", "[{\"path\": \"a\", \"kind\": \"web\", \"share\": 1}]",
        "field 'sources[0].kind' is \"web\", but must be "
        + "\"judged\" or \"titles\" or \"sentences\" or \"pairs\" or \"triples\".")]
    [InlineData("losses", "[{\"kind\": \"kl\"}, {}]", "field 'losses[1]' lacks 'kind'.")]
    [InlineData("losses", "[{\"kind\": 0}]",
        "field 'losses[0].kind' is 0, but must be \"info_nce\" or \"kl\" or \"margin_mse\".")]
    [InlineData("regularizers", "[{\"kind\": \"l1\", \"side\": \"both\", \"weight\": 1}]",
        "field 'regularizers[0].side' is \"both\", but must be \"query\" or \"document\".")]
    public void A_value_of_another_kind_is_refused(string field, string value, string message) =>
        AssertRefused<ContrastiveRecipe>(JsonMutations.With(RecipeJson.Contrastive, field, value), message);

    [Theory]
    [InlineData("", "The input does not contain any JSON")]
    [InlineData("null", "a recipe is a JSON object.")]
    [InlineData("[]", "a recipe is a JSON object.")]
    [InlineData("{}", "the recipe lacks 'query_tokens', 'document_tokens', 'losses', 'regularizers', 'sources'")]
    [InlineData("{", "Expected depth to be zero")]
    [InlineData("{\"steps\": 1, \"steps\": 2}", "Duplicate property 'steps'")]
    public void What_is_no_recipe_is_refused(string json, string message) =>
        AssertRefused<ContrastiveRecipe>(json, message);

    [Fact]
    public void Whatever_the_fields_hold_the_recipe_is_usable_or_refused_by_its_file()
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
    [InlineData("english.json")]
    [InlineData("english-without-scifact.json")]
    [InlineData("claims/pairs.json")]
    [InlineData("claims/scifact.json")]
    public void The_shipped_recipes_of_pairs_are_valid(string name) =>
        Assert.NotEmpty(RecipeFile.Load<ContrastiveRecipe>(Shipped(name)).Sources);

    [Theory]
    [InlineData("adapt.json")]
    [InlineData("pretrain.json")]
    [InlineData("claims/adapt.json")]
    public void The_shipped_recipes_of_texts_are_valid(string name) =>
        Assert.NotEmpty(RecipeFile.Load<LanguageModelRecipe>(Shipped(name)).Texts);

    private static string Shipped(string name) => Path.Combine(AppContext.BaseDirectory, "Recipes", name);

    private T Load<T>(string json, params string[] overrides)
        where T : RunRecipe => RecipeFile.Load<T>(_folder.Write("recipe.json", json), overrides);

    private void AssertRefused<T>(string json, string message, params string[] overrides)
        where T : RunRecipe => Assert.StartsWith(
        $"{_folder.File("recipe.json")}: {message}",
        Assert.Throws<InvalidDataException>(() => Load<T>(json, overrides)).Message, StringComparison.Ordinal);
}
