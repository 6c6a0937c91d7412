using Lucene.Net.Index;

namespace LuceneLsr.Storage;

/// <summary>Detects corrupt postings from out-of-range reads.</summary>
internal static class CorruptPostings
{
    /// <summary>Returns whether an exception thrown while reading postings is a symptom of corruption.</summary>
    public static bool IsSymptom(Exception exception) =>
        exception is IndexOutOfRangeException or ArgumentOutOfRangeException;

    /// <summary>Reads postings and turns out-of-range reads into <see cref="CorruptIndexException"/>.</summary>
    /// <exception cref="CorruptIndexException">The postings are corrupt.</exception>
    public static T Detect<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsSymptom(exception))
        {
            throw new CorruptIndexException(
                "The index has corrupt postings. Run Lucene's CheckIndex on it.", exception);
        }
    }
}
