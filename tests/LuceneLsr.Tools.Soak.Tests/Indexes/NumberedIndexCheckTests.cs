using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Documents;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Soak.Indexes;

namespace LuceneLsr.Tools.Soak.Tests.Indexes;

/// <summary>The check must fail for everything that a kill could lose.</summary>
public sealed class NumberedIndexCheckTests : IDisposable
{
    private const int Count = 60;
    private const int Live = 54; // every tenth is deleted

    private readonly TemporaryFolder _folder = new();

    private string Index => _folder.File("index");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Documents")]
    [InlineData("Bulk")]
    [InlineData("Commits")]
    [InlineData("Upgrades")]
    public void Check_of_an_intact_index_counts_its_documents(string mode)
    {
        Write(Enum.Parse<WritingMode>(mode));
        Assert.Equal(Live, Check(Count));
    }

    [Fact]
    public void Check_of_no_index_passes_before_the_first_commit_and_fails_after_it()
    {
        Assert.Equal(0, Check(0));
        AssertFails("the index is gone", Count);
    }

    [Fact]
    public void Check_of_an_older_commit_than_reported_fails()
    {
        Write(WritingMode.Documents);
        AssertFails("the commit has 60 documents, but one of 61 was reported", Count + 1);
    }

    [Fact]
    public void Check_of_an_index_without_a_document_fails()
    {
        Write(WritingMode.Documents);
        Change(writer => writer.DeleteDocuments(IdOf(5)));
        AssertFails("the index has 53 documents, expected 54", Count);
    }

    [Fact]
    public void Check_of_an_index_with_a_deleted_document_fails()
    {
        Write(WritingMode.Documents);
        Change(writer => writer.AddDocument([NumberedDocuments.CreateIdField(3)]));
        AssertFails("the index has 55 documents, expected 54", Count);
    }

    [Fact]
    public void Check_of_an_index_with_other_impacts_fails()
    {
        Write(WritingMode.Documents);
        Change(writer =>
        {
            for (var number = 0; number < Count; number++)
            {
                if (!NumberedDocuments.IsDeleted(number))
                {
                    writer.UpdateDocument(
                        IdOf(number),
                        [NumberedDocuments.CreateIdField(number), NumberedDocuments.CreateBodyField(number + 1)]);
                }
            }
        });
        AssertFails("has the score", Count);
    }

    [Fact]
    public void Check_of_an_upgraded_index_requires_the_second_field_of_all_documents()
    {
        Write(WritingMode.Upgrades);
        Assert.Equal(Live, Check(Count, Count));
        Change(writer => writer.UpdateDocument(
            IdOf(5), [NumberedDocuments.CreateIdField(5), NumberedDocuments.CreateBodyField(5)]));
        Assert.Equal(Live, Check(Count, 5));
        AssertFails("some of 6 documents do not have the second field", Count, 6);
    }

    [Fact]
    public void Check_of_an_upgraded_index_with_a_part_of_a_vector_fails()
    {
        Write(WritingMode.Upgrades);
        Change(writer =>
        {
            for (var number = 0; number < Count; number++)
            {
                if (!NumberedDocuments.IsDeleted(number))
                {
                    var vector = NumberedDocuments.CreateVector(number, NumberedDocuments.NextBody).TakeTop(1);
                    writer.UpdateDocument(
                        IdOf(number),
                        [
                            NumberedDocuments.CreateIdField(number), NumberedDocuments.CreateBodyField(number),
                            new ImpactField(NumberedDocuments.NextBody, vector, ImpactScale.Identity),
                        ]);
                }
            }
        });
        AssertFails("has the score", Count);
    }

    private static Term IdOf(int number) => new(NumberedDocuments.Id, NumberedDocuments.GetId(number));

    private void Write(WritingMode mode)
    {
        using var writer = new NumberedIndexWriter(Index, mode);
        writer.AddAndCommit(Count / 2);
        writer.AddAndCommit(Count / 2);
    }

    private void Change(Action<IndexWriter> change)
    {
        using var directory = FSDirectory.Open(Index);
        using var writer = new IndexWriter(directory, new(LuceneVersion.LUCENE_48, new KeywordAnalyzer()));
        writer.SetCommitData(writer.CommitData);
        change(writer);
    }

    private int Check(int minCount, int minUpgraded = 0) =>
        NumberedIndexCheck.Run(Index, minCount, minUpgraded, new Random(1));

    private void AssertFails(string problem, int minCount, int minUpgraded = 0) => Assert.Contains(
        problem, Assert.Throws<InvalidOperationException>(() => Check(minCount, minUpgraded)).Message,
        StringComparison.Ordinal);
}
