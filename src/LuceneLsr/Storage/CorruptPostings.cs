using Lucene.Net.Index;

namespace LuceneLsr.Storage;

/// <summary>Tells damaged postings by what reading them throws: places that are not there.</summary>
internal static class CorruptPostings
{
    /// <summary>Whether a failure while postings are read means that they are damaged.</summary>
    public static bool IsSign(Exception failure) =>
        failure is IndexOutOfRangeException or ArgumentOutOfRangeException;

    /// <summary>Reads postings, and reports what is a sign of damage.</summary>
    /// <exception cref="CorruptIndexException">The postings are damaged.</exception>
    public static T Watch<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (IsSign(failure))
        {
            throw Report(failure);
        }
    }

    /// <summary>The failure for the program that asked.</summary>
    public static CorruptIndexException Report(Exception failure) => new(
        "Postings that the query asks for are damaged: run Lucene's CheckIndex on the index.", failure);
}
