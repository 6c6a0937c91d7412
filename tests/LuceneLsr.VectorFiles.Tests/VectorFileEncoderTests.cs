using System.IO.Compression;
using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.VectorFiles.Tests;

public sealed class VectorFileEncoderTests : IDisposable
{
    private static readonly TextRecord[] Texts =
        [.. Enumerable.Range(1, 5).Select(number => new TextRecord($"d{number}", $"text {number}"))];

    private readonly TemporaryFolder _folder = new();

    private string Output => _folder.File("vectors.jsonl");

    private string Partial => Output + ".partial";

    private string Journal => Output + ".journal";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Encode_writes_one_record_per_text_in_order_and_no_other_files()
    {
        using var encoder = new BatchEncoder();
        Assert.Equal(new VectorFileProgress(0, 5), Encode(encoder, Output));
        var records = AnseriniVectors.ReadFile(Output);
        Assert.Equal(Texts, records.Select(record => new TextRecord(record.Id, record.Contents)));
        Assert.Equal([2, 2, 1], encoder.Batches);
        Assert.Equal([Output], Directory.GetFiles(_folder.Path));
    }

    /// <summary>
    /// A kill may leave any part of the current line or chunk. A crash of the machine may also lose the end of earlier
    /// ones.
    /// </summary>
    [Theory]
    [InlineData("vectors.jsonl")]
    [InlineData("vectors.jsonl.gz")]
    public void Encode_after_interruption_at_any_byte_produces_same_file(string name)
    {
        var whole = RunUninterrupted(name);
        var path = _folder.File(name);
        var (vectors, journal) = Interrupt(path, chunks: 2);
        var ends = FindEnds(name);
        for (var cut = 0; cut <= vectors.Length; cut++)
        {
            AssertCompleted(path, whole, vectors[..cut], journal, chunks: ends.Count(end => end <= cut));
        }

        for (var cut = 0; cut <= journal.Length; cut++)
        {
            var lines = journal.AsSpan(0, cut).Count((byte)'\n');
            AssertCompleted(path, whole, vectors, journal[..cut], chunks: Math.Max(0, lines - 1));
        }
    }

    [Theory]
    [InlineData("vectors.jsonl")]
    [InlineData("vectors.jsonl.gz")]
    public void Encode_after_damage_of_any_byte_encodes_that_chunk_again(string name)
    {
        var path = _folder.File(name);
        var whole = RunUninterrupted(name);
        var (vectors, journal) = Interrupt(path, chunks: 2);
        var ends = FindEnds(name);
        for (var position = 0; position < vectors.Length; position++)
        {
            var damaged = vectors.ToArray();
            damaged[position] ^= 1;
            AssertCompleted(path, whole, damaged, journal, chunks: ends.Count(end => end <= position));
        }
    }

    [Theory]
    [InlineData(".partial")]
    [InlineData(".journal")]
    public void Encode_through_symbolic_link_is_rejected_and_leaves_its_target(string suffix)
    {
        var target = _folder.Write("precious.txt", "precious");
        File.CreateSymbolicLink(Output + suffix, target);
        using var encoder = new BatchEncoder();
        var error = Assert.Throws<InvalidOperationException>(() => Encode(encoder, Output));
        Assert.StartsWith($"{Output}{suffix} is a symbolic link to {target}.", error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(target));
    }

    [Fact]
    public void Encode_after_repeated_interruptions_produces_same_file() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 12], Gen.Int[1, 4].List[0, 6]).Sample((chunkSize, count, runs) =>
        {
            TextRecord[] texts =
                [.. Enumerable.Range(0, count).Select(number => new TextRecord($"{number}", $"t{number}"))];
            using var folder = new TemporaryFolder();
            string whole = folder.File("whole"), interrupted = folder.File("interrupted");
            using var encoder = new BatchEncoder();
            Run(Create(encoder, chunkSize), whole, texts);
            foreach (var chunks in runs.Append(int.MaxValue).TakeWhile(_ => !File.Exists(interrupted)))
            {
                using var failing = new BatchEncoder { BatchesLeft = chunks };
                Assert.True(
                    Record.Exception(() => Run(Create(failing, chunkSize), interrupted, texts)) is null or IOException);
            }

            Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(interrupted));
            Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        }, iter: 50);

    [Fact]
    public void Encode_reports_skipped_texts_and_each_chunk()
    {
        Interrupt(Output, chunks: 2);
        using var encoder = new BatchEncoder();
        var reported = new List<VectorFileProgress>();
        Run(Create(encoder), Output, onProgress: reported.Add);
        Assert.Equal([new(4, 0), new(4, 1)], reported);
    }

    [Theory]
    [InlineData("format", "bulk")]
    [InlineData("shard", "1/2")]
    public void Encode_with_other_settings_throws_and_keeps_files(string name, string value)
    {
        var (vectors, journal) = Interrupt(Output, chunks: 2);
        using var encoder = new BatchEncoder();
        var other = Create(encoder, settings: new() { ["format"] = "jsonl", [name] = value });
        AssertRejected(() => Run(other, Output), name, value);
        Assert.Equal(vectors, File.ReadAllBytes(Partial));
        Assert.Equal(journal, File.ReadAllBytes(Journal));

        File.Delete(Partial); // as the message says
        Assert.Equal(new VectorFileProgress(0, 5), Run(other, Output));
    }

    [Fact]
    public void Encode_with_other_vocabulary_side_or_chunk_size_throws()
    {
        Interrupt(Output, chunks: 2);
        using var encoder = new BatchEncoder();
        using var stranger = new BatchEncoder { VocabularyId = "other" };
        AssertRejected(() => Run(Create(stranger), Output), "vocabulary batches", "other");
        AssertRejected(() => Run(Create(encoder, side: TextSide.Query), Output), "side Document", "Query");
        AssertRejected(() => Run(Create(encoder, chunkSize: 3), Output), "window 2", "3");
    }

    [Fact]
    public void Encode_with_other_texts_throws()
    {
        Interrupt(Output, chunks: 2);
        using var encoder = new BatchEncoder();
        TextRecord[] renamed = [.. Texts], edited = [.. Texts], swapped = [.. Texts];
        renamed[0] = renamed[0] with { Id = "other" };
        edited[2] = edited[2] with { Contents = "Text 3" };
        (swapped[2], swapped[3]) = (swapped[3], swapped[2]);
        AssertRejected(() => Run(Create(encoder), Output, renamed), "texts 1 to 2");
        AssertRejected(() => Run(Create(encoder), Output, edited), "texts 3 to 4");
        AssertRejected(() => Run(Create(encoder), Output, swapped), "texts 3 to 4");
        AssertRejected(() => Run(Create(encoder), Output, Texts[..3]), "texts 3 to 4");
        Assert.Equal(new VectorFileProgress(4, 1), Run(Create(encoder), Output));
    }

    [Fact]
    public void Encode_without_journal_throws()
    {
        Interrupt(Output, chunks: 2);
        File.Delete(Journal);
        using var encoder = new BatchEncoder();
        AssertRejected(() => Run(Create(encoder), Output), Journal);
    }

    [Theory]
    [InlineData("corrupt")]
    [InlineData("null")]
    [InlineData("{\"texts\": -1, \"end\": -5, \"digest\": \"\"}")]
    public void Encode_with_malformed_journal_throws_naming_journal(string line)
    {
        Interrupt(Output, chunks: 2);
        File.AppendAllText(Journal, line + "\n");
        using var encoder = new BatchEncoder();
        var error = Assert.Throws<InvalidDataException>(() => Run(Create(encoder), Output));
        Assert.StartsWith(Journal, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_after_cancellation_resumes_after_complete_chunks()
    {
        using var encoder = new BatchEncoder();
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Create(encoder).Encode(
            Texts, Output,
            progress =>
            {
                if (progress.Encoded == 4)
                {
                    cancellation.Cancel();
                }
            },
            cancellation.Token));
        Assert.Equal(new VectorFileProgress(4, 1), Encode(encoder, Output));
    }

    [Fact]
    public void Encode_after_input_error_resumes_after_complete_chunks()
    {
        using var encoder = new BatchEncoder();
        var broken = Texts.Concat(Enumerable.Range(0, 1).Select(_ => Fault()));
        Assert.Throws<InvalidDataException>(() => Run(Create(encoder), Output, broken));
        Assert.Equal(new VectorFileProgress(4, 1), Encode(encoder, Output));

        static TextRecord Fault() => throw new InvalidDataException("corpus.jsonl, line 6");
    }

    [Fact]
    public void Encode_failing_in_first_chunk_leaves_no_files_and_keeps_existing_output()
    {
        File.WriteAllText(Output, "older");
        using var encoder = new BatchEncoder { BatchesLeft = 0 };
        Assert.Throws<IOException>(() => Encode(encoder, Output));
        Assert.Equal([Output], Directory.GetFiles(_folder.Path));
        Assert.Equal("older", File.ReadAllText(Output));
    }

    [Fact]
    public void Encode_replaces_existing_output_only_when_complete()
    {
        File.WriteAllText(Output, "older");
        Interrupt(Output, chunks: 2);
        Assert.Equal("older", File.ReadAllText(Output));
        using var encoder = new BatchEncoder();
        Encode(encoder, Output);
        Assert.Equal(5, AnseriniVectors.ReadFile(Output).Count());
    }

    [Fact]
    public void Encode_while_other_process_writes_file_throws()
    {
        using BatchEncoder first = new(), second = new();
        Run(Create(first), Output, onProgress: progress =>
        {
            if (progress.Encoded == 2)
            {
                Assert.Throws<IOException>(() => Encode(second, Output));
            }
        });
        Assert.Empty(second.Batches);
        Assert.Equal(5, AnseriniVectors.ReadFile(Output).Count());
    }

    [Fact]
    public void Encode_to_gz_path_writes_gzip_file()
    {
        using var encoder = new BatchEncoder();
        Encode(encoder, Output + ".gz");
        Encode(encoder, Output);
        using var gzip = new GZipStream(File.OpenRead(Output + ".gz"), CompressionMode.Decompress);
        using var lines = new StreamReader(gzip);
        Assert.Equal(File.ReadAllText(Output), lines.ReadToEnd());
        var records = AnseriniVectors.ReadFile(Output + ".gz");
        Assert.Equal(Texts.Select(text => text.Id), records.Select(record => record.Id));
    }

    [Fact]
    public void Encode_no_texts_writes_empty_file_and_creates_directory()
    {
        using var encoder = new BatchEncoder();
        var path = _folder.File("deep/er/vectors.jsonl");
        Assert.Equal(default, Run(Create(encoder), path, []));
        Assert.Equal(0, new FileInfo(path).Length);
    }

    [Fact]
    public void Encode_to_directory_throws()
    {
        using var encoder = new BatchEncoder();
        var error = Assert.Throws<ArgumentException>(() => Encode(encoder, _folder.Path));
        Assert.StartsWith($"{_folder.Path} is a directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ChunkSize_below_one_throws()
    {
        using var encoder = new BatchEncoder();
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(encoder, chunkSize: 0));
    }

    private static VectorFileEncoder Create(
        BatchEncoder encoder, int chunkSize = 2, TextSide side = TextSide.Document,
        Dictionary<string, string>? settings = null) =>
        new(encoder, side, new AnseriniFormat())
        {
            ChunkSize = chunkSize,
            Settings = settings ?? new() { ["format"] = "jsonl" },
        };

    private static VectorFileProgress Encode(BatchEncoder encoder, string path) => Run(Create(encoder), path);

    private static VectorFileProgress Run(
        VectorFileEncoder vectors, string path, IEnumerable<TextRecord>? texts = null,
        Action<VectorFileProgress>? onProgress = null) =>
        vectors.Encode(texts ?? Texts, path, onProgress, TestContext.Current.CancellationToken);

    private static void AssertRejected(Action run, params string[] parts)
    {
        var error = Assert.Throws<InvalidOperationException>(run);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Contains(".partial", error.Message, StringComparison.Ordinal);
        Assert.Contains("delete", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Returns the output of an uninterrupted run.</summary>
    private byte[] RunUninterrupted(string name)
    {
        using var encoder = new BatchEncoder();
        var path = _folder.File("whole-" + name);
        Encode(encoder, path);
        return File.ReadAllBytes(path);
    }

    /// <summary>Finds the ends of the chunks with runs over fewer texts.</summary>
    private List<int> FindEnds(string name) => [.. Enumerable.Range(1, 2).Select(chunks =>
    {
        using var encoder = new BatchEncoder();
        var path = _folder.File($"{chunks}-{name}");
        Run(Create(encoder), path, Texts[..(2 * chunks)]);
        return (int)new FileInfo(path).Length;
    })];

    /// <summary>Creates the files of a run interrupted after some chunks.</summary>
    private static (byte[] Vectors, byte[] Journal) Interrupt(string path, int chunks)
    {
        using var encoder = new BatchEncoder { BatchesLeft = chunks };
        Assert.Throws<IOException>(() => Encode(encoder, path));
        return (File.ReadAllBytes(path + ".partial"), File.ReadAllBytes(path + ".journal"));
    }

    /// <summary>Checks that a second run encodes only the missing chunks and writes the expected bytes.</summary>
    private static void AssertCompleted(string path, byte[] whole, byte[] vectors, byte[] journal, int chunks)
    {
        File.WriteAllBytes(path + ".partial", vectors);
        File.WriteAllBytes(path + ".journal", journal);
        using var encoder = new BatchEncoder();
        Assert.Equal(new VectorFileProgress(2 * chunks, 5 - (2 * chunks)), Encode(encoder, path));
        Assert.Equal(5 - (2 * chunks), encoder.Batches.Sum());
        Assert.Equal(whole, File.ReadAllBytes(path));
        Assert.False(File.Exists(path + ".partial") || File.Exists(path + ".journal"));
    }

    /// <summary>
    /// An encoder whose weights depend on all texts of a chunk. A model shows this only in the last digits.
    /// </summary>
    private sealed class BatchEncoder : ISparseEncoder
    {
        private readonly List<int> _batches = [];

        public string VocabularyId { get; init; } = "batches";

        /// <summary>Gets or sets the number of batches before encoding fails.</summary>
        public int BatchesLeft { get; set; } = int.MaxValue;

        /// <summary>Gets the sizes of all batches.</summary>
        public IReadOnlyList<int> Batches => _batches;

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (BatchesLeft-- == 0)
            {
                throw new IOException("The device failed.");
            }

            _batches.Add(texts.Count);
            var all = string.Concat(texts).Sum(letter => letter);
            return [.. texts.Select(text =>
                new SparseVector([new(text, all / 7f), new(side.ToString(), text.Length)]))];
        }

        public void Dispose()
        {
        }
    }
}
