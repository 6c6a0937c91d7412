using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.VectorFiles;

/// <summary>
/// Encodes any number of texts into a file, a window of them at a time. A run that is killed, cancelled or fails keeps
/// the windows that are whole, and the same run once more goes on behind them: the file ends up with the bytes that it
/// would have had without the break.
/// </summary>
/// <remarks>
/// Until it is complete, the file is "PATH.partial", with "PATH.journal" beside it; a file of the final name is left as
/// it is until then. The window is what is encoded again at most, and encoded again as a whole: what a text is batched
/// with shows in the last digits of its weights. Memory holds a window, and a line of the journal for each one before.
/// Ids are not checked for being unique, which would take memory for each of them; who reads the file does that.
/// </remarks>
public sealed class VectorFileEncoder
{
    private readonly ISparseEncoder _encoder;
    private readonly TextSide _side;
    private readonly IVectorFormat _format;

    /// <summary>Creates the encoder of files.</summary>
    /// <param name="encoder">Makes the vectors.</param>
    /// <param name="side">The side on which the texts stand.</param>
    /// <param name="format">The form of the file.</param>
    public VectorFileEncoder(ISparseEncoder encoder, TextSide side, IVectorFormat format)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(format);
        (_encoder, _side, _format) = (encoder, side, format);
    }

    /// <summary>Texts that are given to the encoder at once, and what a kill costs at most; at least 1.</summary>
    public int ChunkSize
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(ChunkSize), value, "A window holds at least one text.");
    } = 256;

    /// <summary>
    /// What else the vectors depend on, such as checkpoint, format and part of a corpus: a file that was begun with
    /// other settings, vocabulary, side or window is not gone on with.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Encodes texts into a file.</summary>
    /// <param name="texts">The texts; of those that are skipped, too, ids and contents are read and compared.</param>
    /// <param name="path">The file; one whose name ends in ".gz" is compressed.</param>
    /// <param name="onProgress">Told when all is skipped that is there already, and after each window.</param>
    /// <param name="cancellationToken">Ends the run; the windows before stay.</param>
    /// <returns>What was skipped and encoded.</returns>
    /// <exception cref="InvalidOperationException">
    /// A run that did not complete the file had other settings or other texts; the message says what to delete.
    /// </exception>
    /// <exception cref="IOException">Another process is writing the file, or it cannot be written.</exception>
    public VectorFileProgress Encode(
        IEnumerable<TextRecord> texts, string path, Action<VectorFileProgress>? onProgress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var isCompressed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using var file = PartialVectorFile.Open(path, AllSettings());
        using var source = texts.GetEnumerator();
        var progress = new VectorFileProgress(Skip(source, file, cancellationToken), Encoded: 0);
        onProgress?.Invoke(progress);
        foreach (var (window, vectors) in _encoder.EncodeChunks(
            Chunks(source), text => text.Contents, _side, cancellationToken))
        {
            var lines = Lines(window, vectors);
            file.Append(isCompressed ? Compressed(lines) : lines, window);
            progress = progress with { Encoded = progress.Encoded + window.Count };
            onProgress?.Invoke(progress);
        }

        file.Complete();
        return progress;
    }

    private Dictionary<string, string> AllSettings() => new(Settings, StringComparer.Ordinal)
    {
        ["vocabulary"] = _encoder.VocabularyId,
        ["side"] = _side.ToString(),
        ["window"] = ChunkSize.ToString(CultureInfo.InvariantCulture),
    };

    private static long Skip(
        IEnumerator<TextRecord> texts, PartialVectorFile file, CancellationToken cancellationToken)
    {
        var skipped = 0L;
        foreach (var window in file.Chunks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (EncodedChunk.ComputeDigest(Take(texts, window.Texts)) != window.Digest)
            {
                throw new InvalidOperationException(
                    $"{file.PartialPath} holds vectors of other texts than numbers {skipped + 1} to"
                    + $" {skipped + window.Texts} of this input. Run it on the input that it was begun with,"
                    + $" or delete {file.PartialPath} to begin anew.");
            }

            skipped += window.Texts;
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

    private IEnumerable<List<TextRecord>> Chunks(IEnumerator<TextRecord> texts)
    {
        while (Take(texts, ChunkSize) is { Count: > 0 } window)
        {
            yield return window;
        }
    }

    private ReadOnlySpan<byte> Lines(IReadOnlyList<TextRecord> window, IReadOnlyList<SparseVector> vectors)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var (text, vector) in window.Zip(vectors))
        {
            _format.Write(lines, new(text.Id, text.Contents, vector));
        }

        return lines.WrittenSpan;
    }

    /// <summary>A member of a gzip file, which is any number of them one after the other (RFC 1952).</summary>
    private static ReadOnlySpan<byte> Compressed(ReadOnlySpan<byte> lines)
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Optimal))
        {
            gzip.Write(lines);
        }

        return member.ToArray();
    }
}
