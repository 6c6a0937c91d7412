using Lucene.Net.Index;

namespace LuceneLsr.Tests.Upgrades;

/// <summary>Runs no merge, as if each failed.</summary>
internal sealed class DroppingScheduler : MergeScheduler
{
    public override void Merge(IndexWriter writer, MergeTrigger trigger, bool newMergesFound)
    {
        while (writer.GetNextMerge() is { } merge)
        {
            writer.MergeFinish(merge);
        }
    }

    protected override void Dispose(bool disposing)
    {
    }
}
