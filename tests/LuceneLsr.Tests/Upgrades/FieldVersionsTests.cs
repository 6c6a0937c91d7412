using Lucene.Net.Index;
using LuceneLsr.Indexing;
using LuceneLsr.Upgrades;

namespace LuceneLsr.Tests.Upgrades;

public sealed class FieldVersionsTests : IDisposable
{
    private const string Body = UpgradableIndex.Body;
    private const string Next = UpgradableIndex.Next;

    private readonly UpgradableIndex _index = new();

    public void Dispose() => _index.Dispose();

    [Fact]
    public async Task Switch_is_seen_by_readers_that_are_opened_later()
    {
        _index.Save("d1", "red film");
        await _index.UpgradeAsync();
        _index.Writer.Commit();
        using var before = DirectoryReader.Open(_index.Writer, applyAllDeletes: true);
        FieldVersions.Switch(_index.Writer, Body, Next);
        using var after = DirectoryReader.OpenIfChanged(before);
        using var committed = DirectoryReader.Open(_index.Directory);
        Assert.Equal(Body, FieldVersions.GetCurrent(before, Body));
        Assert.Equal(Next, FieldVersions.GetCurrent(after, Body));
        Assert.Equal(Body, FieldVersions.GetCurrent(committed, Body));
        _index.Writer.Commit();
        using var later = DirectoryReader.Open(_index.Directory);
        Assert.Equal(Next, FieldVersions.GetCurrent(later, Body));
    }

    [Fact]
    public async Task Switch_without_commit_is_lost_with_the_writer()
    {
        _index.Save("d1", "red film");
        await _index.UpgradeAsync();
        _index.Writer.Commit();
        FieldVersions.Switch(_index.Writer, Body, Next);
        _index.Restart(_index.CopyTexts());
        using var reader = DirectoryReader.Open(_index.Directory);
        Assert.Equal(Body, FieldVersions.GetCurrent(reader, Body));
    }

    [Fact]
    public async Task Switch_back_restores_the_former_version()
    {
        LsrIndexStamp.Write(_index.Writer, Body, _index.Encoder, UpgradableIndex.Scale);
        await _index.UpgradeAsync();
        FieldVersions.Switch(_index.Writer, Body, Next);
        FieldVersions.Switch(_index.Writer, Body, Body);
        using var reader = DirectoryReader.Open(_index.Writer, applyAllDeletes: true);
        Assert.Equal(Body, FieldVersions.GetCurrent(reader, Body));
    }

    [Fact]
    public async Task Switch_before_the_end_of_an_upgrade_throws()
    {
        _index.Save("d1", "red film");
        _index.Encoder.BeforeBatch = () => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(_index.UpgradeAsync);
        var error = Assert.Throws<InvalidOperationException>(() => FieldVersions.Switch(_index.Writer, Body, Next));
        Assert.Contains("Run the upgrade again before you switch", error.Message, StringComparison.Ordinal);
        _index.Encoder.BeforeBatch = () => { };
        await _index.UpgradeAsync();
        FieldVersions.Switch(_index.Writer, Body, Next);
    }

    [Fact]
    public async Task Ensure_of_a_former_version_that_was_dropped_throws_until_it_is_written()
    {
        LsrIndexStamp.Write(_index.Writer, Body, _index.Encoder, UpgradableIndex.Scale);
        await _index.UpgradeAsync();
        FieldVersions.Switch(_index.Writer, Body, Next);
        FieldVersions.Drop(_index.Writer, Body, Body, TestContext.Current.CancellationToken);
        var error = Assert.Throws<InvalidOperationException>(() => LsrIndexStamp.WriteOrCheck(
            _index.Writer, Body, _index.Encoder, UpgradableIndex.Scale));
        Assert.Contains("was dropped", error.Message, StringComparison.Ordinal);
        LsrIndexStamp.Write(_index.Writer, Body, _index.Encoder, UpgradableIndex.Scale);
        LsrIndexStamp.Ensure(_index.Writer, Body, _index.Encoder, UpgradableIndex.Scale);
    }

    [Fact]
    public async Task Ensure_of_a_version_that_was_given_up_accepts_another_encoder()
    {
        _index.Save("d1", "red film");
        await _index.UpgradeAsync();
        FieldVersions.Drop(_index.Writer, Body, Next, TestContext.Current.CancellationToken);
        LsrIndexStamp.Ensure(
            _index.Writer, Next, new ReversingEncoder { VocabularyId = "third" }, UpgradableIndex.Scale);
        Assert.Throws<InvalidOperationException>(() => FieldVersions.Switch(_index.Writer, Body, Next));
    }

    [Fact]
    public async Task Drop_with_swapped_names_before_a_switch_throws()
    {
        LsrIndexStamp.Write(_index.Writer, Body, _index.Encoder, UpgradableIndex.Scale);
        _index.Save("d1", "red film");
        await _index.UpgradeAsync();
        Assert.Throws<InvalidOperationException>(() => FieldVersions.Drop(
            _index.Writer, field: Next, version: Body, TestContext.Current.CancellationToken));
        _index.AssertUpgraded();
    }

    [Fact]
    public async Task Drop_that_was_canceled_is_neither_switched_to_nor_filled_and_can_be_repeated()
    {
        LsrIndexStamp.Write(_index.Writer, Body, _index.Encoder, UpgradableIndex.Scale);
        _index.Save("d1", "red film");
        await _index.UpgradeAsync();
        FieldVersions.Switch(_index.Writer, Body, Next);
        Assert.ThrowsAny<OperationCanceledException>(() => FieldVersions.Drop(
            _index.Writer, Body, Body, new CancellationToken(canceled: true)));
        Assert.Throws<InvalidOperationException>(() => FieldVersions.Switch(_index.Writer, Body, Body));
        Assert.Throws<InvalidOperationException>(() => LsrIndexStamp.WriteOrCheck(
            _index.Writer, Body, _index.Encoder, UpgradableIndex.Scale));
        FieldVersions.Drop(_index.Writer, Body, Body, TestContext.Current.CancellationToken);
        _index.AssertUpgraded(hasFormer: false);
    }

    [Fact]
    public async Task Write_of_the_same_stamp_keeps_a_version_complete()
    {
        await _index.UpgradeAsync();
        LsrIndexStamp.Write(_index.Writer, Next, _index.Encoder, UpgradableIndex.Scale);
        FieldVersions.Switch(_index.Writer, Body, Next);
        LsrIndexStamp.Write(_index.Writer, Body, _index.Encoder, UpgradableIndex.Scale);
    }

    [Theory]
    [InlineData("body", "id")]
    [InlineData("body", "nope")]
    [InlineData("title", "body.2")]
    public async Task Drop_of_no_version_or_of_the_current_one_of_another_field_throws(string field, string version)
    {
        _index.Save("d1", "red film");
        await _index.UpgradeAsync();
        FieldVersions.Switch(_index.Writer, Body, Next);
        Assert.Throws<InvalidOperationException>(() => FieldVersions.Drop(
            _index.Writer, field, version, TestContext.Current.CancellationToken));
        _index.AssertUpgraded();
    }

    [Fact]
    public async Task Drop_of_a_version_that_does_not_go_away_throws()
    {
        using var index = new UpgradableIndex(scheduler: new DroppingScheduler());
        LsrIndexStamp.Write(index.Writer, Body, _index.Encoder, UpgradableIndex.Scale);
        index.Save("d1", "red film", isNew: true);
        await index.UpgradeAsync();
        FieldVersions.Switch(index.Writer, Body, Next);
        var error = Assert.Throws<IOException>(() => FieldVersions.Drop(
            index.Writer, Body, Body, TestContext.Current.CancellationToken));
        Assert.Contains("still have field 'body' after 10 rounds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Switch_to_field_without_stamp_throws() => Assert.Contains(
        "has no LSR stamp",
        Assert.Throws<InvalidOperationException>(() => FieldVersions.Switch(_index.Writer, Body, "body.3")).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Get_current_of_indexes_with_different_versions_throws_with_both()
    {
        using var other = new UpgradableIndex();
        await _index.UpgradeAsync();
        FieldVersions.Switch(_index.Writer, Body, Next);
        using var reader = DirectoryReader.Open(_index.Writer, applyAllDeletes: true);
        using var otherReader = DirectoryReader.Open(other.Writer, applyAllDeletes: true);
        using var both = new MultiReader([reader, otherReader], closeSubReaders: false);
        var error = Assert.Throws<InvalidOperationException>(() => FieldVersions.GetCurrent(both, Body));
        Assert.Contains("body.2, body", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drop_removes_postings_and_stamp_and_keeps_everything_else()
    {
        LsrIndexStamp.Write(_index.Writer, Body, _index.Encoder, UpgradableIndex.Scale);
        _index.Save("d1", "red film");
        _index.Writer.Commit();
        _index.Save("d2", "blue film");
        await _index.UpgradeAsync();
        FieldVersions.Switch(_index.Writer, Body, Next);
        FieldVersions.Drop(_index.Writer, Body, Body, TestContext.Current.CancellationToken);
        _index.AssertUpgraded(hasFormer: false);
        using var reader = DirectoryReader.Open(_index.Writer, applyAllDeletes: true);
        Assert.Null(MultiFields.GetTerms(reader, Body));
        Assert.Null(LsrIndexStamp.Read(reader, Body));
        Assert.NotNull(LsrIndexStamp.Read(reader, Next));
    }

    [Fact]
    public async Task Drop_version_that_is_not_current_undoes_an_upgrade()
    {
        _index.Save("d1", "red film");
        await _index.UpgradeAsync();
        FieldVersions.Drop(_index.Writer, Body, Next, TestContext.Current.CancellationToken);
        using var reader = DirectoryReader.Open(_index.Writer, applyAllDeletes: true);
        Assert.Null(MultiFields.GetTerms(reader, Next));
        Assert.NotNull(MultiFields.GetTerms(reader, Body));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Drop_current_version_throws_and_changes_nothing(bool isSwitched)
    {
        _index.Save("d1", "red film");
        await _index.UpgradeAsync();
        if (isSwitched)
        {
            FieldVersions.Switch(_index.Writer, Body, Next);
        }

        Assert.Throws<InvalidOperationException>(() => FieldVersions.Drop(
            _index.Writer, Body, isSwitched ? Next : Body, TestContext.Current.CancellationToken));
        _index.AssertUpgraded();
    }
}
