using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace LuceneLsr.Indexing;

/// <summary>What this library stores about fields in the user data of an index's commit.</summary>
internal static class FieldUserData
{
    /// <summary>What the keys of all entries start with.</summary>
    public const string Prefix = "LuceneLsr.";

    /// <summary>Records that all documents have the field.</summary>
    public const string CompleteEntry = "IsComplete";

    /// <summary>Records that an upgrade fills the field.</summary>
    public const string VersionEntry = "IsVersion";

    /// <summary>Records that searches have used the field as a version of another one.</summary>
    public const string WasCurrentEntry = "WasCurrent";

    // Lucene lists the files of all segments for each IndexCommit.
    private static readonly ConditionalWeakTable<DirectoryReader, IDictionary<string, string>> UserDataByReader = [];

    /// <summary>Returns the key of an entry.</summary>
    public static string GetKey(string field, string entry) => $"{Prefix}{field}.{entry}";

    /// <summary>
    /// Replaces entries of a field in the next and all later commits of a writer. Other entries are kept, and those
    /// that are null are removed.
    /// </summary>
    public static void Replace(IndexWriter writer, string field, params IEnumerable<(string Entry, string? Value)> entries)
    {
        lock (writer) // as its own methods do
        {
            var data = new Dictionary<string, string>(writer.CommitData);
            foreach (var (entry, value) in entries)
            {
                var key = GetKey(field, entry);
                data.Remove(key);
                if (value is not null)
                {
                    data.Add(key, value);
                }
            }

            writer.SetCommitData(data);
        }
    }

    /// <summary>
    /// Finds the user data of the indexes that a reader combines; null for an index without a commit, or one that the
    /// reader hides.
    /// </summary>
    public static IEnumerable<IDictionary<string, string>?> Find(IndexReader reader) => reader switch
    {
        DirectoryReader index => [UserDataByReader.GetValue(index, static reader => reader.IndexCommit.UserData)],
        CompositeReader several => several.Context.Children.SelectMany(child => Find(child.Reader)),
        AtomicReader atomic when FilterAtomicReader.Unwrap(atomic) is SegmentReader segment =>
            [ReadLastCommit(segment.Directory)],
        _ => [null],
    };

    /// <summary>Returns an entry, or null if it is missing.</summary>
    public static string? Get(IDictionary<string, string>? data, string field, string entry) =>
        data is not null && data.TryGetValue(GetKey(field, entry), out var value) ? value : null;

    private static IDictionary<string, string>? ReadLastCommit(Lucene.Net.Store.Directory directory)
    {
        if (!DirectoryReader.IndexExists(directory))
        {
            return null;
        }

        var commit = new SegmentInfos();
        commit.Read(directory);
        return commit.UserData;
    }
}
