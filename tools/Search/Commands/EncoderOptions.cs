using System.CommandLine;
using LuceneLsr.Encoding;
using LuceneLsr.Encoding.Vectors;
using LuceneLsr.Tools.Shared;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>Where a command's vectors come from: a checkpoint, or files that hold them ready.</summary>
internal sealed class EncoderOptions
{
    private readonly Option<string> _checkpoint = CommonOptions.Checkpoint();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly VectorFileOptions _vectors;

    /// <summary>Adds the options to a command.</summary>
    public EncoderOptions(Command command)
    {
        command.Add(_checkpoint);
        command.Add(_device);
        _vectors = new(command, replaced: "a checkpoint");
    }

    /// <summary>The encoder, and what turns its weights into impacts: the checkpoint's scale in either case.</summary>
    public (ISparseEncoder Encoder, ImpactScale Scale) Load(ParseResult parsed)
    {
        if (_vectors.Read(parsed) is var (documents, queries))
        {
            var ready = new ReadyVectorEncoder(documents, queries, vocabularyId: documents);
            return (ready, LsrSettings.Load(parsed.GetValue(_checkpoint)!).ImpactScale);
        }

        var encoder = CommonOptions.LoadEncoder(parsed, _checkpoint, _device);
        return (encoder, encoder.Settings.ImpactScale);
    }
}
