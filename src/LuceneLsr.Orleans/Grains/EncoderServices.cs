using Microsoft.Extensions.DependencyInjection;

namespace LuceneLsr.Orleans.Grains;

/// <summary>Finds the services of a silo's encoder.</summary>
internal static class EncoderServices
{
    /// <summary>Returns a service that <c>AddLuceneLsr</c> registers.</summary>
    /// <exception cref="InvalidOperationException">The silo has no encoder.</exception>
    public static T GetEncoderService<T>(this IServiceProvider services)
        where T : class =>
        services.GetService<T>() ?? throw new InvalidOperationException(
            $"Silo {services.GetRequiredService<ILocalSiloDetails>().SiloAddress} has no encoder. Call AddLuceneLsr on "
            + "the services of each silo, or send vectors instead of texts.");
}
