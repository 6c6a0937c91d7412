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
    public void Writes_a_record_a_text_in_their_order_and_nothing_else()
    {
        using var encoder = new BatchEncoder();
        Assert.Equal(new VectorFileProgress(0, 5), Encode(encoder, Output));
        var records = AnseriniVectors.ReadFile(Output);
        Assert.Equal(Texts, records.Select(record => new TextRecord(record.Id, record.Contents)));
        Assert.Equal([2, 2, 1], encoder.Batches);
        Assert.Equal([Output], Directory.GetFiles(_folder.Path));
    }

    /// <summary>
    /// A kill leaves any part of the line or window that was being written; a crash of the machine may even lose the
    /// end of what was.
    /// </summary>
    [Theory]
    [InlineData("vectors.jsonl")]
    [InlineData("vectors.jsonl.gz")]
    public void A_run_that_is_cut_off_at_any_byte_is_completed_to_the_same_bytes(string name)
    {
        var whole = Uninterrupted(name);
        var path = _folder.File(name);
        var (vectors, journal) = Interrupted(path, chunks: 2);
        var ends = Ends(name);
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

    [Fact]
    public void It_may_be_cut_off_again_and_again() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 12], Gen.Int[1, 4].List[0, 6]).Sample((chunkSize, count, runs) =>
        {
            TextRecord[] texts =
                [.. Enumerable.Range(0, count).Select(number => new TextRecord($"{number}", $"t{number}"))];
            using var folder = new TemporaryFolder();
            string straight = folder.File("straight"), broken = folder.File("broken");
            using var encoder = new BatchEncoder();
            Run(New(encoder, chunkSize), straight, texts);
            foreach (var chunks in runs.Append(int.MaxValue).TakeWhile(_ => !File.Exists(broken)))
            {
                using var failing = new BatchEncoder { BatchesLeft = chunks };
                Record.Exception(() => Run(New(failing, chunkSize), broken, texts));
            }

            Assert.Equal(File.ReadAllBytes(straight), File.ReadAllBytes(broken));
            Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        }, iter: 50);

    [Fact]
    public void Progress_tells_what_is_skipped_and_each_window()
    {
        Interrupted(Output, chunks: 2);
        using var encoder = new BatchEncoder();
        var told = new List<VectorFileProgress>();
        Run(New(encoder), Output, onProgress: told.Add);
        Assert.Equal([new(4, 0), new(4, 1)], told);
    }

    [Theory]
    [InlineData("format", "bulk")]
    [InlineData("shard", "1/2")]
    public void Other_settings_are_refused(string name, string value)
    {
        var (vectors, journal) = Interrupted(Output, chunks: 2);
        using var encoder = new BatchEncoder();
        var other = New(encoder, settings: new() { ["format"] = "jsonl", [name] = value });
        Refused(() => Run(other, Output), name, value);
        Assert.Equal(vectors, File.ReadAllBytes(Partial));
        Assert.Equal(journal, File.ReadAllBytes(Journal));

        File.Delete(Partial); // as the message says
        Assert.Equal(new VectorFileProgress(0, 5), Run(other, Output));
    }

    [Fact]
    public void Another_vocabulary_side_or_window_is_refused()
    {
        Interrupted(Output, chunks: 2);
        using var encoder = new BatchEncoder();
        using var stranger = new BatchEncoder { VocabularyId = "other" };
        Refused(() => Run(New(stranger), Output), "vocabulary batches", "other");
        Refused(() => Run(New(encoder, side: TextSide.Query), Output), "side Document", "Query");
        Refused(() => Run(New(encoder, chunkSize: 3), Output), "window 2", "3");
    }

    [Fact]
    public void Other_texts_are_refused()
    {
        Interrupted(Output, chunks: 2);
        using var encoder = new BatchEncoder();
        TextRecord[] renamed = [.. Texts], edited = [.. Texts], swapped = [.. Texts];
        renamed[0] = renamed[0] with { Id = "other" };
        edited[2] = edited[2] with { Contents = "Text 3" };
        (swapped[2], swapped[3]) = (swapped[3], swapped[2]);
        Refused(() => Run(New(encoder), Output, renamed), "numbers 1 to 2");
        Refused(() => Run(New(encoder), Output, edited), "numbers 3 to 4");
        Refused(() => Run(New(encoder), Output, swapped), "numbers 3 to 4");
        Refused(() => Run(New(encoder), Output, Texts[..3]), "numbers 3 to 4");
        Assert.Equal(new VectorFileProgress(4, 1), Run(New(encoder), Output));
    }

    [Fact]
    public void Vectors_without_their_journal_are_refused()
    {
        Interrupted(Output, chunks: 2);
        File.Delete(Journal);
        using var encoder = new BatchEncoder();
        Refused(() => Run(New(encoder), Output), Journal);
    }

    [Theory]
    [InlineData("damage")]
    [InlineData("null")]
    [InlineData("{\"texts\": -1, \"end\": -5, \"digest\": \"\"}")]
    public void A_damaged_journal_is_named(string line)
    {
        Interrupted(Output, chunks: 2);
        File.AppendAllText(Journal, line + "\n");
        using var encoder = new BatchEncoder();
        var error = Assert.Throws<InvalidDataException>(() => Run(New(encoder), Output));
        Assert.StartsWith(Journal, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_keeps_the_windows_that_are_whole()
    {
        using var encoder = new BatchEncoder();
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => New(encoder).Encode(
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
    public void A_fault_of_the_input_keeps_them_too()
    {
        using var encoder = new BatchEncoder();
        var broken = Texts.Concat(Enumerable.Range(0, 1).Select(_ => Fault()));
        Assert.Throws<InvalidDataException>(() => Run(New(encoder), Output, broken));
        Assert.Equal(new VectorFileProgress(4, 1), Encode(encoder, Output));

        static TextRecord Fault() => throw new InvalidDataException("corpus.jsonl, line 6");
    }

    [Fact]
    public void A_run_without_a_whole_window_leaves_nothing_and_an_older_file_as_it_was()
    {
        File.WriteAllText(Output, "older");
        using var encoder = new BatchEncoder { BatchesLeft = 0 };
        Assert.Throws<IOException>(() => Encode(encoder, Output));
        Assert.Equal([Output], Directory.GetFiles(_folder.Path));
        Assert.Equal("older", File.ReadAllText(Output));
    }

    [Fact]
    public void An_older_file_is_replaced_only_when_the_new_one_is_complete()
    {
        File.WriteAllText(Output, "older");
        Interrupted(Output, chunks: 2);
        Assert.Equal("older", File.ReadAllText(Output));
        using var encoder = new BatchEncoder();
        Encode(encoder, Output);
        Assert.Equal(5, AnseriniVectors.ReadFile(Output).Count());
    }

    [Fact]
    public void A_file_has_one_writer()
    {
        using BatchEncoder first = new(), second = new();
        Run(New(first), Output, onProgress: progress =>
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
    public void A_compressed_file_is_read_by_its_name_and_after_another_one()
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
    public void No_texts_make_an_empty_file_and_a_folder_is_made_for_it()
    {
        using var encoder = new BatchEncoder();
        var path = _folder.File("deep/er/vectors.jsonl");
        Assert.Equal(default, Run(New(encoder), path, []));
        Assert.Equal(0, new FileInfo(path).Length);
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        using var encoder = new BatchEncoder();
        var error = Assert.Throws<ArgumentException>(() => Encode(encoder, _folder.Path));
        Assert.StartsWith($"{_folder.Path} is a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_holds_a_text()
    {
        using var encoder = new BatchEncoder();
        Assert.Throws<ArgumentOutOfRangeException>(() => New(encoder, chunkSize: 0));
    }

    private static VectorFileEncoder New(
        BatchEncoder encoder, int chunkSize = 2, TextSide side = TextSide.Document,
        Dictionary<string, string>? settings = null) =>
        new(encoder, side, new AnseriniFormat())
        {
            ChunkSize = chunkSize,
            Settings = settings ?? new() { ["format"] = "jsonl" },
        };

    private static VectorFileProgress Encode(BatchEncoder encoder, string path) => Run(New(encoder), path);

    private static VectorFileProgress Run(
        VectorFileEncoder vectors, string path, IEnumerable<TextRecord>? texts = null,
        Action<VectorFileProgress>? onProgress = null) =>
        vectors.Encode(texts ?? Texts, path, onProgress, TestContext.Current.CancellationToken);

    private static void Refused(Action run, params string[] parts)
    {
        var error = Assert.Throws<InvalidOperationException>(run);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Contains(".partial", error.Message, StringComparison.Ordinal);
        Assert.Contains("elete", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What a run to the end writes.</summary>
    private byte[] Uninterrupted(string name)
    {
        using var encoder = new BatchEncoder();
        var path = _folder.File("straight-" + name);
        Encode(encoder, path);
        return File.ReadAllBytes(path);
    }

    /// <summary>Where the chunks end, by runs over fewer texts.</summary>
    private List<int> Ends(string name) => [.. Enumerable.Range(1, 2).Select(chunks =>
    {
        using var encoder = new BatchEncoder();
        var path = _folder.File($"{chunks}-{name}");
        Run(New(encoder), path, Texts[..(2 * chunks)]);
        return (int)new FileInfo(path).Length;
    })];

    /// <summary>Leaves a run that came to an end after some chunks.</summary>
    private static (byte[] Vectors, byte[] Journal) Interrupted(string path, int chunks)
    {
        using var encoder = new BatchEncoder { BatchesLeft = chunks };
        Assert.Throws<IOException>(() => Encode(encoder, path));
        return (File.ReadAllBytes(path + ".partial"), File.ReadAllBytes(path + ".journal"));
    }

    /// <summary>A second run encodes all but the whole chunks, and ends with the right bytes.</summary>
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

    /// <summary>Weights depend on the whole batch, as a model's do in their last digits, and more clearly.</summary>
    private sealed class BatchEncoder : ISparseEncoder
    {
        private readonly List<int> _batches = [];

        public string VocabularyId { get; init; } = "batches";

        /// <summary>How many batches are encoded before encoding fails.</summary>
        public int BatchesLeft { get; set; } = int.MaxValue;

        /// <summary>The sizes of the batches so far.</summary>
        public IReadOnlyList<int> Batches => _batches;

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (BatchesLeft-- == 0)
            {
                throw new IOException("The device is gone.");
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
