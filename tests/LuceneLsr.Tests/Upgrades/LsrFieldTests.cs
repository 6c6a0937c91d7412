using Lucene.Net.Index;
using LuceneLsr.Indexing;
using LuceneLsr.Upgrades;

namespace LuceneLsr.Tests.Upgrades;

public sealed class LsrFieldTests : IDisposable
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
        LsrField.Switch(_index.Writer, Body, Next);
        using var after = DirectoryReader.OpenIfChanged(before);
        using var committed = DirectoryReader.Open(_index.Directory);
        Assert.Equal(Body, LsrField.GetCurrent(before, Body));
        Assert.Equal(Next, LsrField.GetCurrent(after, Body));
        Assert.Equal(Body, LsrField.GetCurrent(committed, Body));
        _index.Writer.Commit();
        using var later = DirectoryReader.Open(_index.Directory);
        Assert.Equal(Next, LsrField.GetCurrent(later, Body));
    }

    [Fact]
    public async Task Switch_without_commit_is_lost_with_the_writer()
    {
        _index.Save("d1", "red film");
        await _index.UpgradeAsync();
        _index.Writer.Commit();
        LsrField.Switch(_index.Writer, Body, Next);
        _index.Restart(_index.CopyTexts());
        using var reader = DirectoryReader.Open(_index.Directory);
        Assert.Equal(Body, LsrField.GetCurrent(reader, Body));
    }

    [Fact]
    public async Task Switch_back_restores_the_former_version()
    {
        LsrIndexStamp.Write(_index.Writer, Body, _index.Encoder, UpgradableIndex.Scale);
        await _index.UpgradeAsync();
        LsrField.Switch(_index.Writer, Body, Next);
        LsrField.Switch(_index.Writer, Body, Body);
        using var reader = DirectoryReader.Open(_index.Writer, applyAllDeletes: true);
        Assert.Equal(Body, LsrField.GetCurrent(reader, Body));
    }

    [Fact]
    public void Switch_to_field_without_stamp_throws() => Assert.Contains(
        "has no LSR stamp",
        Assert.Throws<InvalidOperationException>(() => LsrField.Switch(_index.Writer, Body, "body.3")).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Get_current_of_indexes_with_different_versions_throws_with_both()
    {
        using var other = new UpgradableIndex();
        await _index.UpgradeAsync();
        LsrField.Switch(_index.Writer, Body, Next);
        using var reader = DirectoryReader.Open(_index.Writer, applyAllDeletes: true);
        using var otherReader = DirectoryReader.Open(other.Writer, applyAllDeletes: true);
        using var both = new MultiReader([reader, otherReader], closeSubReaders: false);
        var error = Assert.Throws<InvalidOperationException>(() => LsrField.GetCurrent(both, Body));
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
        LsrField.Switch(_index.Writer, Body, Next);
        LsrField.Drop(_index.Writer, Body, Body, TestContext.Current.CancellationToken);
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
        LsrField.Drop(_index.Writer, Body, Next, TestContext.Current.CancellationToken);
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
            LsrField.Switch(_index.Writer, Body, Next);
        }

        Assert.Throws<InvalidOperationException>(() => LsrField.Drop(
            _index.Writer, Body, isSwitched ? Next : Body, TestContext.Current.CancellationToken));
        _index.AssertUpgraded();
    }
}
