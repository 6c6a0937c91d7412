using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Evaluation.Tests.Support;

/// <summary>A collection of three documents and two queries for <see cref="TermListEncoder"/>.</summary>
internal static class TermListCollection
{
    public static BeirCollection Load()
    {
        using var folder = new TemporaryFolder();
        folder.WriteLines(
            "corpus.jsonl", """{"_id":"x","text":"a=1 b=0.5"}""", """{"_id":"y","text":"a=0.5"}""",
            """{"_id":"empty","text":""}""");
        folder.WriteLines("queries.jsonl", """{"_id":"q1","text":"a=1"}""", """{"_id":"q2","text":"b=1 c=1 d=1"}""");
        folder.WriteLines("qrels/test.tsv", "query-id\tcorpus-id\tscore", "q1\ty\t1", "q2\tx\t1");
        return BeirCollection.Load(folder.Path, "test");
    }
}
