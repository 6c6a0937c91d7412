using System.Collections;
using System.ComponentModel.DataAnnotations;

namespace LuceneLsr.Playground.Messages;

/// <summary>Checks the limits of messages, and of the messages in them.</summary>
internal static class MessageValidator
{
    /// <summary>Returns whether an object is a message.</summary>
    public static bool IsMessage(object? value) => value?.GetType().Namespace == typeof(MessageValidator).Namespace;

    /// <summary>Checks a message.</summary>
    /// <exception cref="ValidationException">It is out of limits. The message says what to change.</exception>
    public static void Validate(object message)
    {
        Validator.ValidateObject(message, new(message), validateAllProperties: true);
        foreach (var value in message.GetType().GetProperties().Select(property => property.GetValue(message)))
        {
            foreach (var part in value is IEnumerable parts and not string ? parts.Cast<object?>() : [value])
            {
                if (IsMessage(part))
                {
                    Validate(part!);
                }
            }
        }
    }
}
