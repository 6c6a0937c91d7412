using System.CommandLine;
using Lucene.Net.Index;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Sweeps;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.VectorFiles;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.Tools.Search.Sweeps;

/// <summary>
/// The vectors of a sweep: from files that are given, or encoded once per precision into files of the output folder, so
/// that an interrupted sweep continues.
/// </summary>
internal sealed class SweepEncoders(
    ParseResult parsed, ModelOptions model, VectorFileOptions files, BeirCollection collection, string folder,
    CancellationToken cancellation)
{
    private readonly string _checkpoint = model.GetCheckpoint(parsed);
    private readonly string[] _queries = [.. collection.Queries.Select(query => query.Text)];
    private readonly (string Documents, string Queries)? _given =
        files.Read(parsed) is var (documents, queries) ? (documents, queries!) : null;

    private PrecomputedVectorEncoder? _loaded; // the given ones

    /// <summary>Checks that all points can be encoded, before anything is written.</summary>
    /// <exception cref="ArgumentException">Vectors of files have the precision that they have.</exception>
    public void Validate(IReadOnlyList<SweepPoint> points)
    {
        if (_given is not null && points.FirstOrDefault(point => point.ModelPrecision is not null) is { } other)
        {
            throw new ArgumentException(
                $"Point '{other.Name}' needs other vectors than those of the files. Leave out model-precision or the files.");
        }

        _loaded = _given is var (documents, queries) ? LoadFiles(documents, queries) : null;
        _ = TermSpace.Load(_checkpoint);
        if (points.Any(point => point.QueryEncoding == QueryEncoding.Table))
        {
            InferenceFreeQueryEncoder.Load(_checkpoint).Dispose();
        }
    }

    /// <summary>Gets names and values of what the vectors depend on.</summary>
    public Dictionary<string, string> GetInputs() => _given is var (documents, queries)
        ? new() { ["vectors"] = CheckpointFingerprint.Compute(_checkpoint, documents, queries) }
        : model.GetValues(parsed).ToDictionary(StringComparer.Ordinal);

    /// <summary>Loads the vectors of a precision, and encodes them first if needed.</summary>
    public SweepVectors Load(string? precision)
    {
        var encoder = _loaded ?? Encode(precision);
        return new(
            encoder.Encode([.. collection.Corpus.Select(document => document.Contents)], TextSide.Document, cancellation),
            encoder.GetScales(TermSpace.Load(_checkpoint).Settings.ImpactScale),
            (encoding, reader) => EncodeQueries(encoder, encoding, reader));
    }

    private IReadOnlyList<SparseVector> EncodeQueries(
        PrecomputedVectorEncoder vectors, QueryEncoding encoding, IndexReader reader)
    {
        if (QueryEncoderOption.Load(encoding, _checkpoint) is not { } create)
        {
            return vectors.Encode(_queries, TextSide.Query, cancellation);
        }

        using var encoder = create(reader);
        return encoder.Encode(_queries, TextSide.Query, cancellation);
    }

    private PrecomputedVectorEncoder LoadFiles(string documents, string queries) =>
        Options.VectorFiles.Load(documents, queries, collection);

    private PrecomputedVectorEncoder Encode(string? precision)
    {
        var name = DialOptions.ParsePrecision(precision)?.ToString().ToLowerInvariant() ?? "model";
        var texts = new[]
        {
            (Path: Path.Combine(folder, $"{name}-documents.jsonl"), Side: TextSide.Document, Texts: collection.Corpus
                .Select(document => new TextRecord(document.Id, document.Contents)).ToList()),
            (Path: Path.Combine(folder, $"{name}-queries.jsonl"), Side: TextSide.Query, Texts: collection.Queries
                .Select(query => new TextRecord(query.Id, query.Text)).ToList()),
        };
        var missing = texts.Where(file => !File.Exists(file.Path)).ToList();
        if (missing.Count > 0)
        {
            Directory.CreateDirectory(folder);
            using var encoder = DialOptions.ParsePrecision(precision) is { } torch
                ? model.LoadTorch(parsed, torch)
                : model.Load(parsed);
            missing.ForEach(file => Encode(encoder, file.Path, file.Side, file.Texts));
        }

        return LoadFiles(texts[0].Path, texts[1].Path);
    }

    private void Encode(ModelEncoder encoder, string path, TextSide side, List<TextRecord> texts) =>
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask($"Encoding {Path.GetFileName(path)}", maxValue: texts.Count);
            new VectorFileEncoder(encoder, side, new AnseriniFormat()) { Settings = GetInputs() }
                .Encode(texts, path, progress => task.Value = progress.Total, cancellation);
        });
}
