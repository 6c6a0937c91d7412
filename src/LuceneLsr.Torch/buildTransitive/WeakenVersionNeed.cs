using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// A build task that copies a 64-bit little-endian ELF library and marks a needed symbol version as weak in the copy.
/// </summary>
public sealed class WeakenVersionNeed : Task
{
    private const uint VersionNeedSection = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort WeakFlag = 2;                  // VER_FLG_WEAK

    // MSBuild compares sizes and times to skip copies. The copy's time must differ from the original's, or an original
    // in the output folder would not be replaced.
    private static readonly TimeSpan TimeOffset = TimeSpan.FromSeconds(2);

    [Required] public string Source { get; set; }

    [Required] public string Destination { get; set; }

    [Required] public string Version { get; set; }

    public override bool Execute()
    {
        var time = File.GetLastWriteTimeUtc(Source) + TimeOffset;
        if (File.Exists(Destination) && File.GetLastWriteTimeUtc(Destination) == time)
        {
            return true;
        }

        var library = File.ReadAllBytes(Source);
        if (!IsElf64(library))
        {
            Log.LogError("{0} is not a 64-bit little-endian ELF library.", Source);
            return false;
        }

        MarkWeak(library);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        File.WriteAllBytes(Destination, library);
        File.SetLastWriteTimeUtc(Destination, time);
        return true;
    }

    private static bool IsElf64(byte[] library) =>
        library.Length > 64 && library[0] == 0x7f && library[1] == 'E' && library[2] == 'L' && library[3] == 'F'
        && library[4] == 2 && library[5] == 1;

    // Elf64_Ehdr, Elf64_Shdr, Elf64_Verneed and Elf64_Vernaux are specified in the System V ABI and the LSB.
    private void MarkWeak(byte[] library)
    {
        var headers = (long)BitConverter.ToUInt64(library, 40);
        int headerSize = BitConverter.ToUInt16(library, 58), headerCount = BitConverter.ToUInt16(library, 60);
        for (var index = 0; index < headerCount; index++)
        {
            var header = headers + ((long)index * headerSize);
            if (BitConverter.ToUInt32(library, (int)header + 4) == VersionNeedSection)
            {
                var strings = headers + (BitConverter.ToUInt32(library, (int)header + 40) * (long)headerSize);
                MarkWeak(library, ReadSectionOffset(library, header), ReadSectionOffset(library, strings),
                    BitConverter.ToUInt32(library, (int)header + 44));
            }
        }
    }

    private void MarkWeak(byte[] library, int need, int strings, uint count)
    {
        for (; count > 0; count--)
        {
            var auxiliary = need + (int)BitConverter.ToUInt32(library, need + 8);
            for (int remaining = BitConverter.ToUInt16(library, need + 2); remaining > 0; remaining--)
            {
                if (ReadName(library, strings + (int)BitConverter.ToUInt32(library, auxiliary + 8)) == Version)
                {
                    library[auxiliary + 4] |= (byte)WeakFlag;
                }

                auxiliary += (int)BitConverter.ToUInt32(library, auxiliary + 12);
            }

            need += (int)BitConverter.ToUInt32(library, need + 12);
        }
    }

    private static int ReadSectionOffset(byte[] library, long header) =>
        (int)BitConverter.ToUInt64(library, (int)header + 24);

    private static string ReadName(byte[] library, int start) =>
        Encoding.ASCII.GetString(library, start, Array.IndexOf(library, (byte)0, start) - start);
}
