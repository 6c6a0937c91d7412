using LuceneLsr.Documentation.Tests.Pages;
using LuceneLsr.Onnx;
using LuceneLsr.Onnx.Export;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Documentation.Tests.Samples;

/// <summary>The samples of docs/onnx.md.</summary>
public class OnnxSamples
{
#pragma warning disable xUnit1051 // the samples have no test to cancel
    [Fact]
    public void Exported_checkpoint_encodes_a_query()
    {
        using var folder = new TemporaryFolder();
        var source = Repository.GetPath("tools/Search/Checkpoints/english");
        var directory = folder.File("onnx");
        Export(source, directory);
        Assert.Subset(
            Encode(directory).Entries.Select(entry => entry.Term).ToHashSet(),
            new HashSet<string> { "scene", "cut", "footag" });
    }

    internal static void Export(string source, string directory)
    {
        // <sample>
        using var checkpoint = Checkpoint.Load(source);
        OnnxExporter.Export(checkpoint, source, directory, OnnxExportOptions.All(Precision.Int8));
        // </sample>
    }

    internal static SparseVector Encode(string directory)
    {
        // <sample>
        using var encoder = OnnxSparseEncoder.Load(directory, new OnnxOptions { Threads = 1 });
        var vector = encoder.Encode("cut scenes out of a movie", TextSide.Query);
        // </sample>

        return vector;
    }

    internal static float[] EncodeDense(string directory)
    {
        // <sample>
        var options = new DenseEncoderOptions
        {
            Pooling = DensePooling.FirstToken,
            Prefix = new("Represent this sentence for searching relevant passages: ", ""),
        };
        using var encoder = OnnxDenseEncoder.Load(directory, options);
        var vector = encoder.Encode(["cut scenes out of a movie"], TextSide.Query)[0];
        // </sample>

        return vector;
    }
}
