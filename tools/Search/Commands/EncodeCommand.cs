using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.VectorFiles;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"encode": encodes JSONL texts into vectors in a format for search engines.</summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        var command = new Command("encode", "Encode texts into vectors for search engines.");
        var corpus = new CorpusOptions(command);
        var model = new ModelOptions(command, encodesDocuments: true);
        var formats = new FormatOptions(command);
        command.SetWork((parsed, cancellation) =>
        {
            var (files, side) = (corpus.GetFiles(parsed), corpus.GetSide(parsed));
            using var encoder = model.Load(parsed);
            var format = formats.Create(parsed, side, encoder.Settings.ImpactScale);
            var vectors = new VectorFileEncoder(encoder, side, format)
            {
                Shard = corpus.GetShard(parsed),
                Settings = formats.GetValues(parsed).Concat(model.GetValues(parsed))
                    .ToDictionary(StringComparer.Ordinal),
            };
            CorpusEncoding.Run(vectors, files, cancellation);
        });
        return command;
    }
}
