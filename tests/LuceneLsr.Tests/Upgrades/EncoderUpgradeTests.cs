using CsCheck;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Analysis;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;
using LuceneLsr.Upgrades;

namespace LuceneLsr.Tests.Upgrades;

/// <summary>Compares an upgraded index, posting by posting, with the vectors of its documents' texts.</summary>
public sealed class EncoderUpgradeTests
{
    private static readonly string[] Words = ["red", "blue", "green", "film", "scenes", "of", "the"];

    private static readonly Gen<string> Text = Gen.Int[0, Words.Length - 1].Array[1, 5]
        .Select(words => string.Join(' ', words.Select(word => Words[word])));

    /// <summary>Saves, deletions, commits and merges happen between the batches of the upgrade.</summary>
    private static readonly Gen<(int Kind, string Id, string Text)> Change = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 20].Select(id => $"d{id}"), Text);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_during_any_changes_gives_each_document_the_vector_of_its_text() => Gen.Select(
        Change.Array[0, 30], Change.Array[0, 60], Gen.Bool, Gen.Bool).Sample(
        (before, during, merges, usesImpactCodec) =>
        {
            using var index = new UpgradableIndex(
                merges ? new LogDocMergePolicy { MergeFactor = 2, MinMergeDocs = 2 } : null,
                usesImpactCodec ? new ImpactCodec(UpgradableIndex.Body, UpgradableIndex.Next) : null);
            Array.ForEach(before, change => Apply(index, change));
            var changes = new Queue<(int, string, string)>(during);
            index.Encoder.BeforeBatch = () =>
            {
                for (var i = 0; i < 3 && changes.TryDequeue(out var change); i++)
                {
                    Apply(index, change);
                }
            };
            index.UpgradeAsync().Wait(Cancellation);
            index.AssertUpgraded();
        },
        iter: 50);

    [Fact]
    public async Task Run_during_changes_of_another_thread_gives_each_document_the_vector_of_its_text()
    {
        using var index = new UpgradableIndex(
            new TieredMergePolicy { SegmentsPerTier = 2, MaxMergeAtOnce = 2 }, scheduler: new ConcurrentMergeScheduler());
        Add(index, 100);
        index.Encoder.BeforeBatch = () => Thread.Sleep(1);
        var upgrade = index.UpgradeAsync();
        for (var i = 0; !upgrade.IsCompleted; i++)
        {
            index.Save($"d{i * 7 % 120}", $"{Words[i % 5]} {Words[i % 3]}", isNew: true);
            index.Delete($"d{i * 5 % 120}");
            await Task.Yield();
        }

        await upgrade;
        index.AssertUpgraded();
    }

    [Fact]
    public async Task Run_after_kill_goes_on_with_vectors_of_killed_run()
    {
        using var index = new UpgradableIndex();
        Add(index, 20);
        index.Writer.Commit();
        FailAfter(index, batches: 3);
        await Assert.ThrowsAsync<TimeoutException>(index.UpgradeAsync);
        index.Restart(index.CopyTexts());
        await AssertUpgradeEncodesAsync(index, 20 - 9);
    }

    [Fact]
    public async Task Run_with_work_folder_of_a_kill_encodes_only_what_was_not_committed()
    {
        using var index = new UpgradableIndex();
        Add(index, 20);
        index.Writer.Commit();
        var killed = index.WorkFolder + "-killed";
        var batches = 0;
        index.Encoder.BeforeBatch = () =>
        {
            if (++batches == 4) // 9 documents were encoded, and 6 of them committed
            {
                Copy(index.WorkFolder, killed);
                throw new TimeoutException();
            }
        };
        await Assert.ThrowsAsync<TimeoutException>(
            () => new EncoderUpgrade(index.Writer, index.Options with { CommitInterval = 6 })
                .RunAsync(cancellationToken: Cancellation));
        index.Restart(index.CopyTexts());
        index.Encoder.BeforeBatch = () => { };
        index.Encoder.Texts.Clear();
        await new EncoderUpgrade(index.Writer, index.Options with { WorkFolder = killed })
            .RunAsync(cancellationToken: Cancellation);
        Assert.Equal(14, index.Encoder.Texts.Count);
        index.AssertUpgraded();
    }

    /// <summary>Flips a bit of each file of the work folder in turn.</summary>
    [Fact]
    public async Task Run_with_damaged_vectors_encodes_them_again()
    {
        using var index = new UpgradableIndex();
        Add(index, 20);
        index.Writer.Commit();
        await index.UpgradeAsync();
        var texts = index.CopyTexts();
        index.Restart(texts);
        var files = Directory.GetFiles(index.WorkFolder, "*", SearchOption.AllDirectories);
        var good = Array.ConvertAll(files, File.ReadAllBytes);
        foreach (var (damaged, content) in files.Zip(good).Where(file => file.Second.Length > 20))
        {
            foreach (var (file, bytes) in files.Zip(good))
            {
                File.WriteAllBytes(file, bytes);
            }

            File.WriteAllBytes(damaged, Flip(content, content.Length / 2));
            await index.UpgradeAsync();
            index.AssertUpgraded();
            index.Restart(texts);
        }
    }

    [Fact]
    public async Task Run_with_the_work_folder_of_a_running_upgrade_throws()
    {
        using var index = new UpgradableIndex();
        using var other = new UpgradableIndex();
        Add(index, 3);
        Exception? error = null;
        index.Encoder.BeforeBatch = () => error ??= Record.Exception(() => new EncoderUpgrade(
            other.Writer, other.Options with { WorkFolder = index.WorkFolder })
            .RunAsync(cancellationToken: Cancellation).Wait(Cancellation));
        await index.UpgradeAsync();
        index.AssertUpgraded();
        Assert.Contains("cannot be locked", error!.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_keeps_foreign_folders_in_the_work_folder()
    {
        using var index = new UpgradableIndex();
        var foreign = Directory.CreateDirectory(Path.Combine(index.WorkFolder, "vectors_backup"));
        index.Writer.Commit();
        await index.UpgradeAsync();
        Assert.True(foreign.Exists);
        Assert.True(Directory.Exists(foreign.FullName));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Run_with_encoder_that_returns_another_number_of_vectors_throws(int more)
    {
        using var index = new UpgradableIndex();
        Add(index, 3);
        using var analyzer = new LsrAnalyzer(new MiscountingEncoder(more), UpgradableIndex.Scale);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => new EncoderUpgrade(
            index.Writer, index.Options with { Analyzer = analyzer }).RunAsync(cancellationToken: Cancellation));
        Assert.Contains($"returned {3 + more} vectors for 3 texts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_with_another_scale_does_not_use_vectors_of_the_former_one()
    {
        using var index = new UpgradableIndex();
        Add(index, 4);
        index.Writer.Commit();
        await index.UpgradeAsync();
        index.Restart(index.CopyTexts());
        LsrIndexStamp.Write(index.Writer, UpgradableIndex.Next, index.Encoder, new ImpactScale(30));
        index.Encoder.Texts.Clear();
        await new EncoderUpgrade(
            index.Writer, index.Options with { Analyzer = new LsrAnalyzer(index.Encoder, new ImpactScale(30)) })
            .RunAsync(cancellationToken: Cancellation);
        Assert.Equal(4, index.Encoder.Texts.Count);
    }

    [Fact]
    public async Task Run_during_a_merge_encodes_no_document_twice()
    {
        using var index = new UpgradableIndex(new LogDocMergePolicy { MergeFactor = 3 });
        for (var i = 0; i < 4; i++)
        {
            index.Save($"d{i}", "red film");
            index.Writer.Commit();
        }

        index.Encoder.BeforeBatch = () => index.Writer.ForceMerge(1);
        await index.UpgradeAsync();
        index.AssertUpgraded();
        Assert.Equal(4, index.Encoder.Texts.Count);
    }

    [Fact]
    public async Task Run_keeps_updates_of_doc_values_of_the_meantime()
    {
        using var index = new UpgradableIndex();
        Add(index, 6);
        index.Writer.Commit();
        index.Encoder.BeforeBatch = () => index.Writer.UpdateNumericDocValue(new Term("id", "d1"), "length", 999L);
        await index.UpgradeAsync();
        using var reader = DirectoryReader.Open(index.Writer, applyAllDeletes: true);
        var hit = new IndexSearcher(reader).Search(new TermQuery(new Term("id", "d1")), 1).ScoreDocs[0];
        Assert.Equal(999, MultiDocValues.GetNumericValues(reader, "length").Get(hit.Doc));
    }

    [Fact]
    public async Task Run_whose_merges_never_succeed_throws()
    {
        using var index = new UpgradableIndex(scheduler: new DroppingScheduler());
        Add(index, 3);
        var error = await Assert.ThrowsAsync<IOException>(index.UpgradeAsync);
        Assert.Contains("could not be rewritten in 3 attempts", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, index.Encoder.Texts.Count);
    }

    [Fact]
    public async Task Run_while_another_upgrade_runs_throws_and_leaves_that_one_alone()
    {
        using var index = new UpgradableIndex();
        Add(index, 3);
        Exception? error = null;
        index.Encoder.BeforeBatch = () => error ??= Record.Exception(() => index.UpgradeAsync().Wait(Cancellation));
        await index.UpgradeAsync();
        Assert.Contains("is running", error!.InnerException!.Message, StringComparison.Ordinal);
        index.AssertUpgraded();
        await index.UpgradeAsync();
    }

    [Fact]
    public async Task Run_for_a_third_encoder_reads_texts_of_the_first_field()
    {
        using var index = new UpgradableIndex();
        Add(index, 3);
        await index.UpgradeAsync();
        index.Encoder.Texts.Clear();
        await new EncoderUpgrade(index.Writer, index.Options with
        {
            Field = UpgradableIndex.Next, TextField = UpgradableIndex.Body, NewField = "body.3",
        }).RunAsync(cancellationToken: Cancellation);
        Assert.Equal(3, index.Encoder.Texts.Count);
    }

    [Fact]
    public async Task Run_after_restart_without_commit_rewrites_segments_without_encoding_them_again()
    {
        using var index = new UpgradableIndex();
        Add(index, 20);
        index.Writer.Commit();
        await index.UpgradeAsync();
        index.Restart(index.CopyTexts());
        await AssertUpgradeEncodesAsync(index, 0);
    }

    [Fact]
    public async Task Run_after_restart_with_another_segment_of_the_same_name_encodes_it()
    {
        using var index = new UpgradableIndex();
        Add(index, 4);
        index.Writer.Commit();
        var committed = index.CopyTexts();
        index.Save("d10", "never committed");
        await index.UpgradeAsync();
        index.Restart(committed);
        index.Save("d20", "another text");
        index.Writer.Commit();
        await AssertUpgradeEncodesAsync(index, 1);
        Assert.Contains("another text", index.Encoder.Texts);
    }

    [Fact]
    public async Task Run_does_not_encode_documents_that_have_the_new_field()
    {
        using var index = new UpgradableIndex();
        index.Save("d1", "red film");
        index.Save("d2", "blue film", isNew: true);
        index.Save("d3", "of", isNew: true); // its vector is empty
        await index.UpgradeAsync();
        index.AssertUpgraded();
        Assert.Equal(["of", "red film"], index.Encoder.Texts.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_adds_impacts_of_several_values()
    {
        using var index = new UpgradableIndex();
        index.Writer.AddDocument(
        [
            new StringField("id", "d1", Field.Store.YES),
            new StoredField(UpgradableIndex.Body, "red red"), new StoredField(UpgradableIndex.Body, "red blue"),
        ]);
        await index.UpgradeAsync();
        using var reader = DirectoryReader.Open(index.Writer, applyAllDeletes: true);
        var terms = MultiFields.GetTerms(reader, UpgradableIndex.Next).GetEnumerator();
        Assert.True(terms.MoveNext());
        Assert.Equal(("der", 45L), (terms.Term.Utf8ToString(), terms.TotalTermFreq));
        Assert.True(terms.MoveNext());
        Assert.Equal(("eulb", 15L), (terms.Term.Utf8ToString(), terms.TotalTermFreq));
        Assert.False(terms.MoveNext());
    }

    [Fact]
    public async Task Run_on_field_of_words_adds_a_learned_field_to_an_existing_index()
    {
        using var index = new UpgradableIndex();
        index.Writer.AddDocument([new TextField("words", "red film", Field.Store.YES)]);
        index.Writer.AddDocument([new TextField("words", "blue", Field.Store.YES)]);
        await new EncoderUpgrade(index.Writer, index.Options with { Field = "words" })
            .RunAsync(cancellationToken: Cancellation);
        using var reader = DirectoryReader.Open(index.Writer, applyAllDeletes: true);
        var searcher = new IndexSearcher(reader);
        Assert.Equal([0], Find(new PhraseQuery { new Term("words", "red"), new Term("words", "film") }));
        Assert.Equal([1], Find(new ImpactQuery(UpgradableIndex.Next, [new("eulb", 1)])));

        int[] Find(Query query) => [.. searcher.Search(query, 10).ScoreDocs.Select(hit => hit.Doc)];
    }

    [Fact]
    public async Task Run_with_text_that_is_not_stored_throws_and_with_texts_of_elsewhere_encodes_them()
    {
        using var index = new UpgradableIndex();
        index.Writer.AddDocument(
        [
            new StringField("id", "d1", Field.Store.YES),
            new ImpactField(UpgradableIndex.Body, "red", Field.Store.NO),
        ]);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(index.UpgradeAsync);
        Assert.Contains("in field 'body', but no stored text", error.Message, StringComparison.Ordinal);
        await new EncoderUpgrade(index.Writer, index.Options with { GetTexts = stored => [$"text of {stored.Get("id")}"] })
            .RunAsync(cancellationToken: Cancellation);
        Assert.Equal(["text of d1"], index.Encoder.Texts);
    }

    [Fact]
    public async Task Run_with_field_of_other_encoder_throws_and_leaves_writer_open()
    {
        using var index = new UpgradableIndex();
        index.Save("d1", "red film", isNew: true);
        LsrIndexStamp.Write(index.Writer, UpgradableIndex.Next, new WordEncoder(), UpgradableIndex.Scale);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(index.UpgradeAsync);
        Assert.Contains("words", error.Message, StringComparison.Ordinal);
        Assert.Contains("reversed", error.Message, StringComparison.Ordinal);
        Assert.False(index.Writer.IsClosed);
    }

    [Fact]
    public async Task Run_stamps_the_new_field_and_deletes_vectors_once_they_are_committed()
    {
        using var index = new UpgradableIndex();
        Add(index, 3);
        index.Writer.Commit();
        await index.UpgradeAsync();
        Assert.Single(Directory.GetDirectories(index.WorkFolder));
        index.Writer.Commit();
        await index.UpgradeAsync();
        Assert.Empty(Directory.GetDirectories(index.WorkFolder));
        using var reader = DirectoryReader.Open(index.Directory);
        Assert.Equal("reversed", LsrIndexStamp.Read(reader, UpgradableIndex.Next)!.VocabularyId);
    }

    [Fact]
    public async Task Run_that_is_canceled_keeps_what_it_encoded()
    {
        using var index = new UpgradableIndex();
        Add(index, 20);
        index.Writer.Commit();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var batches = 0;
        index.Encoder.BeforeBatch = () =>
        {
            if (++batches == 2)
            {
                cancel.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new EncoderUpgrade(index.Writer, index.Options).RunAsync(cancellationToken: cancel.Token));
        await AssertUpgradeEncodesAsync(index, 20 - 6);
    }

    [Fact]
    public async Task Run_reports_progress_and_keeps_its_pace()
    {
        using var index = new UpgradableIndex();
        Add(index, 10);
        var reports = new List<EncoderUpgradeProgress>();
        var start = TimeProvider.System.GetTimestamp();
        await new EncoderUpgrade(index.Writer, index.Options with { MaxDocumentsPerSecond = 50 })
            .RunAsync(new Recorder(reports), Cancellation);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0.19, double.PositiveInfinity);
        Assert.Equal([new(3, 7), new(6, 4), new(9, 1), new(10, 0)], reports);
    }

    [Fact]
    public void Create_with_one_name_for_both_fields_or_without_policy_throws()
    {
        using var index = new UpgradableIndex();
        Assert.Throws<ArgumentException>(() => new EncoderUpgrade(
            index.Writer, index.Options with { NewField = UpgradableIndex.Body }));
        using var idle = new UpgradableIndex(scheduler: NoMergeScheduler.INSTANCE);
        Assert.Throws<InvalidOperationException>(() => new EncoderUpgrade(idle.Writer, index.Options));
        using var other = new ImpactIndex(index.New);
        var error = Assert.Throws<InvalidOperationException>(() => new EncoderUpgrade(other.Writer, index.Options));
        Assert.Contains("new SegmentRewritePolicy(config.MergePolicy)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Options_with_values_out_of_range_throw(double value)
    {
        using var index = new UpgradableIndex();
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Options with { MaxDocumentsPerSecond = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Options with { BatchSize = 0 });
    }

    private static void Apply(UpgradableIndex index, (int Kind, string Id, string Text) change)
    {
        switch (change.Kind)
        {
            case 0:
                index.Writer.Commit();
                break;
            case 1:
                index.Writer.MaybeMerge();
                break;
            case 2 or 3:
                index.Delete(change.Id);
                break;
            default:
                index.Save(change.Id, change.Text, isNew: change.Kind == 4);
                break;
        }
    }

    private static void Add(UpgradableIndex index, int count)
    {
        for (var i = 0; i < count; i++)
        {
            index.Save($"d{i}", $"{Words[i % 5]} number{i}");
        }
    }

    private static void FailAfter(UpgradableIndex index, int batches) => index.Encoder.BeforeBatch = () =>
    {
        if (--batches < 0)
        {
            throw new TimeoutException();
        }
    };

    private static async Task AssertUpgradeEncodesAsync(UpgradableIndex index, int texts)
    {
        index.Encoder.BeforeBatch = () => { };
        index.Encoder.Texts.Clear();
        await index.UpgradeAsync();
        Assert.Equal(texts, index.Encoder.Texts.Count);
        index.AssertUpgraded();
    }

    private static void Copy(string folder, string target)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) != ".lock"))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static byte[] Flip(byte[] content, int position)
    {
        byte[] flipped = [.. content];
        flipped[position] ^= 1;
        return flipped;
    }

    private sealed class MiscountingEncoder(int more) : ISparseEncoder
    {
        public string VocabularyId => "reversed";

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
            [.. Enumerable.Repeat(SparseVector.Empty, texts.Count + more)];

        public void Dispose()
        {
        }
    }

    private sealed class Recorder(List<EncoderUpgradeProgress> reports) : IProgress<EncoderUpgradeProgress>
    {
        public void Report(EncoderUpgradeProgress value) => reports.Add(value);
    }
}
