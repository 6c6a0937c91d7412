using System.Globalization;
using Lucene.Net.Index;

namespace LuceneLsr.Indexing;

/// <summary>
/// Identifies the encoder that filled the LSR fields of an index. It is stored in the user data of the index's commit.
/// An index has one stamp, so all its LSR fields must be filled by one encoder.
/// </summary>
/// <param name="VocabularyId">The encoder's <see cref="ISparseEncoder.VocabularyId"/>.</param>
/// <param name="Scale">The scale of document weights.</param>
public sealed record LsrIndexStamp(string VocabularyId, ImpactScale Scale)
{
    private const string VocabularyIdKey = "LuceneLsr.VocabularyId";
    private const string FactorKey = "LuceneLsr.ImpactFactor";
    private const string MaximumKey = "LuceneLsr.ImpactMaximum";

    /// <summary>
    /// Stamps the next and all later commits of a writer. Other entries of the user data are kept. A later call of
    /// <see cref="IndexWriter.SetCommitData"/> replaces all entries, so it must include those of the stamp.
    /// </summary>
    public static void Write(IndexWriter writer, ISparseEncoder encoder, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        writer.SetCommitData(new Dictionary<string, string>(writer.CommitData)
        {
            [VocabularyIdKey] = encoder.VocabularyId,
            [FactorKey] = scale.Factor.ToString(CultureInfo.InvariantCulture),
            [MaximumKey] = scale.MaxImpact.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>
    /// Stamps the next and all later commits of a writer, unless its index already has the same stamp. Call it whenever
    /// a writer is opened.
    /// </summary>
    /// <exception cref="InvalidOperationException">The index has a stamp of another encoder or scale.</exception>
    /// <exception cref="InvalidDataException">The stamp is corrupt.</exception>
    public static void Ensure(IndexWriter writer, ISparseEncoder encoder, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        var (found, expected) = (ReadUserData(writer.CommitData), new LsrIndexStamp(encoder.VocabularyId, scale));
        if (found is null)
        {
            Write(writer, encoder, scale);
        }
        else if (found != expected)
        {
            throw new InvalidOperationException(
                $"The index {writer.Directory} has the LSR stamp {found}, but documents would be added with "
                + $"{expected}. Add them to a new index, or use the encoder and scale of this one.");
        }
    }

    /// <summary>
    /// Reads the stamp of a reader's commit. A reader of several indexes must have one stamp. For a segment, or a
    /// wrapper around one, reads the last commit of its directory.
    /// </summary>
    /// <param name="reader">The reader: that of an index, one that combines or filters such readers, or a
    /// segment.</param>
    /// <returns>The stamp, or null if an index has none or the reader hides its index.</returns>
    /// <exception cref="InvalidOperationException">The indexes have different stamps.</exception>
    /// <exception cref="InvalidDataException">
    /// An entry of the stamp is missing, not a number or out of range.
    /// </exception>
    public static LsrIndexStamp? Read(IndexReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return FindUserData(reader).Select(ReadUserData).Distinct().ToArray() switch
        {
            [] => null,
            [var stamp] => stamp,
            var stamps when stamps.Contains(null) => null,
            var stamps => throw new InvalidOperationException(
                $"The reader combines indexes with different LSR stamps: {string.Join("; ", stamps.AsEnumerable())}. "
                + "Search them one by one, or index again with one encoder and scale."),
        };
    }

    /// <summary>Checks that an encoder's queries match the index, and returns the index's stamp.</summary>
    /// <param name="reader">The reader, see <see cref="Read"/>.</param>
    /// <param name="encoder">The encoder of the queries.</param>
    /// <exception cref="InvalidOperationException">
    /// The index has no stamp, or one with another vocabulary, or the indexes have different stamps.
    /// </exception>
    /// <exception cref="InvalidDataException">The stamp is corrupt.</exception>
    public static LsrIndexStamp Verify(IndexReader reader, ISparseEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var stamp = Read(reader) ?? throw new InvalidOperationException(
            $"The index {Describe(reader)} has no LSR stamp, or its reader hides it, so it is unknown which encoder "
            + "filled it. "
            + "Index again and call LsrIndexStamp.Write before the commit. If this encoder filled the index, open a "
            + "writer, call LsrIndexStamp.Write and commit.");
        return stamp.VocabularyId == encoder.VocabularyId ? stamp : throw new InvalidOperationException(
            $"The index {Describe(reader)} was filled by an encoder with vocabulary '{stamp.VocabularyId}', but the "
            + $"encoder of the queries has vocabulary '{encoder.VocabularyId}'. Index again with this encoder, or "
            + "search with the one that filled the index.");
    }

    // Null for an index without a commit, or one that the reader hides.
    private static IEnumerable<IDictionary<string, string>?> FindUserData(IndexReader reader) => reader switch
    {
        DirectoryReader index => [index.IndexCommit.UserData],
        CompositeReader several => several.Context.Children.SelectMany(child => FindUserData(child.Reader)),
        AtomicReader atomic when FilterAtomicReader.Unwrap(atomic) is SegmentReader segment =>
            [ReadLastCommit(segment.Directory)],
        _ => [null],
    };

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

    private static LsrIndexStamp? ReadUserData(IDictionary<string, string>? userData) =>
        userData is not null && userData.TryGetValue(VocabularyIdKey, out var vocabularyId)
            ? new LsrIndexStamp(vocabularyId, ReadScale(userData))
            : null;

    private static string Describe(IndexReader reader) => $"{(reader as DirectoryReader)?.Directory ?? (object)reader}";

    private static ImpactScale ReadScale(IDictionary<string, string> userData)
    {
        float factor = ReadNumber<float>(userData, FactorKey);
        int maximum = ReadNumber<int>(userData, MaximumKey);
        try
        {
            return new ImpactScale(factor, maximum);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw CreateCorruptStampException(exception.Message, exception);
        }
    }

    private static T ReadNumber<T>(IDictionary<string, string> userData, string key)
        where T : IParsable<T> =>
        userData.TryGetValue(key, out var text) && T.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw CreateCorruptStampException($"entry '{key}' is '{text}', which is not a number.");

    private static InvalidDataException CreateCorruptStampException(string problem, Exception? cause = null) => new(
        $"The index has a corrupt LSR stamp: {problem} Write it again with LsrIndexStamp.Write and commit.", cause);
}
