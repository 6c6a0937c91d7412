using System.Diagnostics;
using LuceneLsr.Onnx.Export.Backbones;
using LuceneLsr.Onnx.Export.Graphs;
using LuceneLsr.Onnx.Export.Heads;
using LuceneLsr.Onnx.Export.Matrices;
using LuceneLsr.Onnx.Heads;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Weights;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Onnx.Export;

/// <summary>Writes checkpoints as ONNX models that return term weights.</summary>
/// <remarks>
/// The graph takes <c>input_ids</c> and <c>attention_mask</c>, int64 [batch, length]; unless every token is pooled,
/// <c>pooled_positions</c>, int64 [batch, pooled], -1 where a text has fewer; and, if the settings treat the sides
/// differently, <c>is_document</c>, a bool. It returns <c>term_weights</c>, float [batch, terms], pooled and saturated.
/// Lexical weights are no part of it; the encoder adds them.
/// </remarks>
public static class OnnxExporter
{
    /// <summary>Writes a checkpoint directory that <see cref="OnnxSparseEncoder"/> loads.</summary>
    /// <param name="checkpoint">The checkpoint, with float weights on the CPU.</param>
    /// <param name="source">The directory that it was loaded from, whose tokenizer is copied.</param>
    /// <param name="directory">The directory to write. It is created if it does not exist.</param>
    /// <param name="options">The precision of the parts.</param>
    /// <exception cref="InvalidOperationException">The checkpoint is quantized in memory.</exception>
    /// <exception cref="ArgumentException">A precision is not supported.</exception>
    public static void Export(Checkpoint checkpoint, string source, string directory, OnnxExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(options);
        var graph = CreateGraph(checkpoint, options);
        CheckpointWriter.SaveWithoutWeights(checkpoint, directory);
        CheckpointWriter.CopyTextFiles(source, directory);
        graph.Write(Path.Combine(directory, OnnxFile.FileName));
    }

    /// <summary>Creates the graph of a checkpoint.</summary>
    internal static Graph CreateGraph(Checkpoint checkpoint, OnnxExportOptions options)
    {
        var (model, settings) = (checkpoint.Model, checkpoint.Settings);
        var graph = new Graph();
        var inputs = new BatchInputs(graph, checkpoint.Layout.PoolsAll, DependsOnSide(settings));
        var weights = new ModelWeights(graph, model);
        var embeddings = weights.AddMatrix(GetFormat(options.Embeddings), model.Config.Names.Embeddings);
        var hidden = CreateBackbone(graph, inputs, checkpoint, weights, embeddings, options);
        var head = model.Config.TieWordEmbeddings
            ? embeddings
            : weights.AddMatrix(GetFormat(options.Head), model.Config.Names.Head);
        var bias = model.Config.OutputBias ? weights.AddVector(model.Config.Names.HeadBias) : null;
        graph.Output(
            new PooledHeadGraph(graph, inputs, settings)
                .Apply(hidden, model.Config.HiddenSize, head, model.Config.OutputSize, bias),
            PooledHead.Weights.Name, DataType.Float, "batch", $"{model.Config.OutputSize}");
        return graph;
    }

    private static string CreateBackbone(
        Graph graph, BatchInputs inputs, Checkpoint checkpoint, ModelWeights weights, GraphMatrix embeddings,
        OnnxExportOptions options) => checkpoint.Config switch
        {
            DecoderConfig config => new DecoderGraph(graph, inputs, config, weights)
                .Apply(embeddings, GetFormat(options.Layers), checkpoint.Settings.Variant),
            EncoderConfig config => new EncoderGraph(graph, inputs, config, weights).Apply(
                embeddings, GetFormat(options.Embeddings), GetFormat(options.Layers), checkpoint.Settings.Variant),
            _ => throw new UnreachableException(),
        };

    private static bool DependsOnSide(LsrSettings settings) =>
        !PooledHeadGraph.IsSameForBothSides(settings)
        || (settings.Variant.Query == AttentionVariant.Bidirectional)
            != (settings.Variant.Document == AttentionVariant.Bidirectional);

    private static MatrixFormat GetFormat(Precision precision) => precision switch
    {
        Precision.Float32 => MatrixFormat.Float32,
        Precision.Int8 => MatrixFormat.Int8,
        Precision.Int4 => MatrixFormat.Int4,
        Precision.BFloat16 => throw new ArgumentException(
            "BFloat16 is not supported in ONNX files. Use Float32, Int8 or Int4."),
        _ => throw new UnreachableException(),
    };
}
