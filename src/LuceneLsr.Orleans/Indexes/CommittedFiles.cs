using Lucene.Net.Index;

namespace LuceneLsr.Orleans.Indexes;

/// <summary>The files of a commit, which are kept until this is disposed.</summary>
internal sealed class CommittedFiles : IDisposable
{
    private readonly SnapshotDeletionPolicy _policy;
    private readonly IndexCommit _commit;

    /// <summary>Keeps the last commit.</summary>
    /// <param name="policy">The policy of the index.</param>
    /// <param name="folder">The folder of the index.</param>
    /// <param name="sequence">The last batch that the commit includes.</param>
    public CommittedFiles(SnapshotDeletionPolicy policy, string folder, long sequence)
    {
        _policy = policy;
        _commit = policy.Snapshot();
        Sequence = sequence;
        Paths = [.. _commit.FileNames.Select(name => Path.Combine(folder, name))];
    }

    /// <summary>Gets the last batch that the commit includes.</summary>
    public long Sequence { get; }

    /// <summary>Gets the paths of the files.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Lets the index delete the files when it no longer needs them.</summary>
    public void Dispose() => _policy.Release(_commit);
}
