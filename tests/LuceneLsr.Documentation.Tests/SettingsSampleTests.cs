using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Documentation.Tests.Pages;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Documentation.Tests;

/// <summary>The lsr.json that docs/checkpoints.md shows.</summary>
public class SettingsSampleTests
{
    [Fact]
    public void Settings_sample_shows_every_field_with_its_default()
    {
        var sample = Repository.GetPage("docs/checkpoints.md").Blocks.Single(block => block.Language == "jsonc").Code;
        var shown = JsonNode.Parse(sample, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip });
        using var folder = new TemporaryFolder();
        new LsrSettings().Save(folder.Path);
        var defaults = JsonNode.Parse(File.ReadAllText(folder.File(LsrSettings.FileName)));
        Assert.True(JsonNode.DeepEquals(defaults, shown), $"The defaults are {defaults}.");
    }
}
