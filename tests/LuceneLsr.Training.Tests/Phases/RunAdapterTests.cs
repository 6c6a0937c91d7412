using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Phases;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Phases;

public sealed class RunAdapterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Without target_modules, a recipe adapts all projections of the layers of any family.</summary>
    [Fact]
    public void Save_adapter_of_masked_lm_names_its_projections_and_no_task()
    {
        TinySentenceEncoder.Write(_folder.Path);
        using var model = new LanguageModel(ModelConfig.Load(_folder.Path));
        var config = Save(model);
        Assert.Null(config["task_type"]);
        Assert.Equal(
            ["dense", "key", "query", "value"], config["target_modules"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public void Save_adapter_of_causal_lm_names_its_projections_and_task()
    {
        using var checkpoint = TinyCheckpoint.Create(WordTokenizer.Write(_folder.Path, "one"));
        var config = Save(checkpoint.Model);
        Assert.Equal("CAUSAL_LM", (string)config["task_type"]!);
        Assert.Equal(
            ["down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj"],
            config["target_modules"]!.AsArray().Select(name => (string)name!));
    }

    private JsonNode Save(LanguageModel model)
    {
        var lora = TinyRecipe.Lora with { TargetModules = null };
        model.AddLora(lora.Rank, lora.Alpha, lora.Dropout, lora.TargetModules);
        RunAdapter.Save(_folder.Path, _folder.Path, lora, model);
        using var adapter = LoraAdapter.TryLoad(_folder.File("adapter"))!;
        Assert.Equal("..", adapter.Config.BaseModel);
        return JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.File("adapter"), LoraConfig.FileName)))!;
    }
}
