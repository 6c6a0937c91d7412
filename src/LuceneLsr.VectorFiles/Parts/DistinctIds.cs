using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LuceneLsr.VectorFiles.Parts;

/// <summary>
/// Finds duplicate ids in any number of records, in at most 60 bytes of memory per id: it keeps 128 bits of their
/// SHA-256 and the number of their file.
/// </summary>
internal sealed class DistinctIds
{
    private readonly Dictionary<UInt128, int> _files = [];

    /// <summary>Adds an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="file">The number of its file.</param>
    /// <returns>The number of the file that has the id already, or null.</returns>
    public int? Add(string id, int file)
    {
        var digest = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        return _files.TryAdd(digest, file) ? null : _files[digest];
    }
}
