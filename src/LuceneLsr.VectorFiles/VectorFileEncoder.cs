using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using LuceneLsr.Files;
using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Parts;

namespace LuceneLsr.VectorFiles;

/// <summary>
/// Encodes any number of texts into a file, chunk by chunk. After a failure, a cancellation or a kill, the complete
/// chunks remain, and the same call resumes after them. The resulting file is identical to that of an uninterrupted
/// run.
/// </summary>
/// <remarks>
/// Until it is complete, the file is "PATH.partial" with a journal "PATH.journal", and an existing file at the final
/// path stays untouched. A resumed run repeats the chunks that were under way: one, or several if the encoder works on
/// several at a time. Chunks that were damaged on disk are encoded again, too. Chunks are always encoded as a whole,
/// because the texts in a batch affect the last digits of each other's weights. Memory holds the chunks under way and
/// one journal line per earlier chunk. Ids are not checked for uniqueness, which would take memory for every id.
/// Readers of the file check it.
/// </remarks>
public sealed class VectorFileEncoder
{
    internal const string ShardSetting = "--shard"; // the key in journals of earlier versions

    private readonly ISparseEncoder _encoder;
    private readonly TextSide _side;
    private readonly IVectorFormat _format;

    /// <summary>Creates an encoder.</summary>
    /// <param name="encoder">Encodes the texts.</param>
    /// <param name="side">The side of the texts.</param>
    /// <param name="format">The format of the file.</param>
    public VectorFileEncoder(ISparseEncoder encoder, TextSide side, IVectorFormat format)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(format);
        (_encoder, _side, _format) = (encoder, side, format);
    }

    /// <summary>
    /// Gets the number of texts that are encoded together, at least 1. A kill loses the chunks under way.
    /// </summary>
    public int ChunkSize
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(ChunkSize), value, "A chunk must contain at least one text.");
    } = 256;

    /// <summary>
    /// Gets the shard of the input that the texts are. One of several gets a manifest, "PATH.manifest.json", by which
    /// <see cref="VectorFileParts"/> checks it.
    /// </summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>
    /// Gets everything else that the vectors depend on, such as checkpoint and format. A file that was started
    /// with different settings, vocabulary, side, shard or chunk size is not resumed.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Encodes texts into a file.</summary>
    /// <param name="texts">The texts. Ids and contents of skipped texts are read and compared as well.</param>
    /// <param name="path">The file. It is gzip-compressed if its name ends in ".gz".</param>
    /// <param name="onProgress">Called after existing chunks are skipped, and after each chunk.</param>
    /// <param name="cancellationToken">Cancels the run. Complete chunks remain.</param>
    /// <returns>The numbers of skipped and encoded texts.</returns>
    /// <exception cref="InvalidOperationException">
    /// The interrupted run had different settings or texts. The message says which file to delete to start over.
    /// </exception>
    /// <exception cref="IOException">Another process is writing the file, or the file cannot be written.</exception>
    public VectorFileProgress Encode(
        IEnumerable<TextRecord> texts, string path, Action<VectorFileProgress>? onProgress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var isCompressed = GzipFile.HasExtension(path);
        using var file = PartialVectorFile.Open(path, GetAllSettings());
        using var source = texts.GetEnumerator();
        var progress = new VectorFileProgress(Skip(source, file, cancellationToken), Encoded: 0);
        onProgress?.Invoke(progress);
        foreach (var (chunk, vectors) in _encoder.EncodeChunks(
            ReadChunks(source), text => text.Contents, _side, cancellationToken))
        {
            var lines = FormatLines(chunk, vectors);
            file.Append(isCompressed ? Compress(lines) : lines, chunk);
            progress = progress with { Encoded = progress.Encoded + chunk.Count };
            onProgress?.Invoke(progress);
        }

        file.Complete(Shard);
        return progress;
    }

    private Dictionary<string, string> GetAllSettings() => new(Settings, StringComparer.Ordinal)
    {
        ["vocabulary"] = _encoder.VocabularyId,
        ["side"] = _side.ToString(),
        [ShardSetting] = Shard.ToString(),
        ["window"] = ChunkSize.ToString(CultureInfo.InvariantCulture), // the key in journals of earlier versions
    };

    private static long Skip(
        IEnumerator<TextRecord> texts, PartialVectorFile file, CancellationToken cancellationToken)
    {
        var skipped = 0L;
        foreach (var chunk in file.Chunks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (EncodedChunk.ComputeDigest(Take(texts, chunk.Texts)) != chunk.Digest)
            {
                throw new InvalidOperationException(
                    $"{file.PartialPath} does not match texts {skipped + 1} to {skipped + chunk.Texts} of this input."
                    + $" Run with the same input, or delete {file.PartialPath} to start over.");
            }

            skipped += chunk.Texts;
        }

        return skipped;
    }

    private static List<TextRecord> Take(IEnumerator<TextRecord> texts, int count)
    {
        var taken = new List<TextRecord>();
        while (taken.Count < count && texts.MoveNext())
        {
            taken.Add(texts.Current);
        }

        return taken;
    }

    private IEnumerable<List<TextRecord>> ReadChunks(IEnumerator<TextRecord> texts)
    {
        while (Take(texts, ChunkSize) is { Count: > 0 } chunk)
        {
            yield return chunk;
        }
    }

    private ReadOnlySpan<byte> FormatLines(IReadOnlyList<TextRecord> chunk, IReadOnlyList<SparseVector> vectors)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var (text, vector) in chunk.Zip(vectors))
        {
            _format.Write(lines, new(text.Id, text.Contents, vector));
        }

        return lines.WrittenSpan;
    }

    // Compresses lines as one member of a gzip file, which is a sequence of members (RFC 1952).
    private static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> lines)
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Optimal))
        {
            gzip.Write(lines);
        }

        return member.ToArray();
    }
}
