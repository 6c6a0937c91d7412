using System.CommandLine;
using LuceneLsr.Encoding;
using LuceneLsr.Encoding.Vectors;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>Where a command's vectors come from: a checkpoint, or files that hold them ready.</summary>
internal sealed class EncoderOptions
{
    private readonly Option<string> _checkpoint = CommonOptions.Checkpoint();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<string?> _documentVectors = new("--document-vectors")
    {
        Description = "In place of a checkpoint, the documents' vectors as the encode command writes them.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _queryVectors = new("--query-vectors")
    {
        Description = "And the queries' vectors.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public EncoderOptions(Command command)
    {
        command.Add(_checkpoint);
        command.Add(_device);
        command.Add(_documentVectors);
        command.Add(_queryVectors);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_documentVectors) is null != result.GetValue(_queryVectors) is null)
            {
                result.AddError("--document-vectors and --query-vectors stand together.");
            }
        });
    }

    /// <summary>The encoder, and what turns its weights into impacts: the checkpoint's scale in either case.</summary>
    public (ISparseEncoder Encoder, ImpactScale Scale) Load(ParseResult parsed)
    {
        if (parsed.GetValue(_documentVectors) is { } documents)
        {
            var ready = new ReadyVectorEncoder(documents, parsed.GetValue(_queryVectors), vocabularyId: documents);
            return (ready, LsrSettings.Load(parsed.GetValue(_checkpoint)!).ImpactScale);
        }

        var encoder = CommonOptions.LoadEncoder(parsed, _checkpoint, _device);
        return (encoder, encoder.Settings.ImpactScale);
    }
}
